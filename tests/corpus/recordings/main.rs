//! Reads `{"type": …, "json": …}` from each line of the input, and prints the result of reading the JSON as this type.

mod dispatch;
#[path = "../../crate/src/runtime/client/json_path.rs"]
#[allow(dead_code, reason = "only the place of an error is used")]
mod json_path;

use std::fmt::Debug;
use std::io::{self, BufRead, BufWriter, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    r#type: String,
    json: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The JSON that was written back, and the `Debug` text of the value if a part of it was not recognized.
    Read { json: String, debug: Option<String> },
    /// The reason why it was not read, and the place in the body, as the client reports them.
    Refused { why: String, place: Option<String> },
    /// The program does not know the type.
    Unknown,
}

pub fn round_trip<T: DeserializeOwned + Serialize + Debug>(json: &str) -> serde_json::Result<Outcome> {
    let value: T = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            let place = json_path::locate(json.as_bytes(), &error);
            return Ok(Outcome::Refused { why: error.to_string(), place });
        }
    };
    let debug = Some(format!("{value:#?}")).filter(|text| text.contains("Unrecognized("));
    Ok(Outcome::Read { json: serde_json::to_string(&value)?, debug })
}

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let body: Body = serde_json::from_str(&line?)?;
        let outcome = dispatch::dispatch(&body.r#type, &body.json)?;
        serde_json::to_writer(&mut output, &outcome)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
