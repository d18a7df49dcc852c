//! Only models, to measure how long the compiler needs for them: `serde-ways models` wrote the included file.

#![allow(dead_code, missing_docs, unused_imports, reason = "only its compilation counts")]

include!(env!("SERDE_WAYS_MODELS"));
