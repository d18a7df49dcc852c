//! Lists that are sent as one JSON text per line, or after each record separator.

use crate::runtime::client::request::Problem;
use crate::runtime::client::{Request, interpret, json_path};
use crate::runtime::model::part::{Part, Written};
use serde_core::Serialize;

impl Request {
    /// Sets the body if there is one: one line of JSON per item; or a record separator before each, if the media type
    /// is a `json-seq`.
    pub fn lines<T: Serialize>(self, media_type: &str, items: Option<&Vec<T>>) -> Request {
        self.written_lines(media_type, items.map(|items| items.iter()))
    }

    /// The same for items that are not models.
    pub(crate) fn lines_part<T: Part>(self, media_type: &str, items: Option<&Vec<T>>) -> Request {
        self.written_lines(media_type, items.map(|items| items.iter().map(Written)))
    }

    fn written_lines<T: Serialize>(mut self, media_type: &str, items: Option<impl Iterator<Item = T>>) -> Request {
        let Some(items) = items else { return self };
        let mut written = Vec::with_capacity(128);
        for (index, item) in items.enumerate() {
            if interpret::is_records(media_type) {
                written.push(0x1e);
            }
            let start = written.len();
            if let Err(error) = serde_json::to_writer(&mut written, &item) {
                let path = written.get(start..).and_then(json_path::at_end);
                return self.fail(Problem {
                    argument: Some(path.map_or_else(|| format!("[{index}]"), |path| format!("[{index}].{path}"))),
                    reason: format!("the body cannot be written as JSON: {error}"),
                    source: Some(error.into()),
                });
            }
            // JSON has line breaks only between its tokens: a value may be written as it was read.
            for byte in written.iter_mut().skip(start).filter(|byte| matches!(byte, b'\n' | b'\r')) {
                *byte = b' ';
            }
            written.push(b'\n');
        }
        self.set_body(media_type, written.into());
        self
    }
}
