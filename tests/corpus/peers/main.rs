//! Reads `{"type": …, "json": …}` from each line of the input, and prints the result of reading the JSON as this type.

mod dispatch;

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
enum Outcome {
    /// The text that was written back.
    Read(String),
    Refused(String),
}

/// Reads and writes.
pub type Way = fn(&str) -> serde_json::Result<String>;

pub fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> serde_json::Result<String> {
    serde_json::from_str::<T>(json).and_then(|value| serde_json::to_string(&value))
}

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let body: Body = serde_json::from_str(&line?)?;
        let way = dispatch::way(&body.r#type).ok_or_else(|| io::Error::other(body.r#type.clone()))?;
        let outcome = match way(&body.json) {
            Ok(text) => Outcome::Read(text),
            Err(problem) => Outcome::Refused(problem.to_string()),
        };
        serde_json::to_writer(&mut output, &outcome)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
