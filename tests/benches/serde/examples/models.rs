//! Nothing but models, to see what the compiler needs for them: `serde-ways models` wrote the file that this includes.

#![allow(dead_code, missing_docs, unused_imports, reason = "only its compilation counts")]

include!(env!("SERDE_WAYS_MODELS"));
