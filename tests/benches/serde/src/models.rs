//! The source of 73 models, 55 structs and 18 enums, in the form of each way.

use std::fmt::Write;

/// The kinds of fields: the type in ours and elsewhere, and the word.
const FIELDS: &[(&str, &str, &str)] = &[
    ("Uuid", "Uuid", "required"),
    ("Timestamp", "Timestamp", "required"),
    ("String", "String", "required"),
    ("Option<String>", "Option<String>", "optional"),
    ("Option<Timestamp>", "Option<Timestamp>", "optional"),
    ("Nullable<i64>", "Option<i64>", "nullable"),
    ("Option<bool>", "Option<bool>", "optional"),
];

/// Returns a file with all of them. If they are used, it has functions that read and write twenty, so that those are
/// compiled completely.
pub fn source(way: &str, used: bool) -> String {
    let mut text = String::new();
    let ours = way == "ours";
    text += match way {
        "plain" => "use serde::{Deserialize, Serialize};\n",
        "flatten" => "use serde::{Deserialize, Serialize};\nuse serde_json::{Map, Value};\n",
        "ours" => {
            "#[path = \"../src/runtime.rs\"]\nmod runtime;\nuse crate::runtime::model::{Extra, Nullable, Timestamp, Unrecognized};\n"
        }
        _ => panic!("no such way: {way}"),
    };
    if !ours {
        text += "use jiff::Timestamp;\n";
    }
    text += "use uuid::Uuid;\n";
    let derive = if ours { "" } else { ", Serialize, Deserialize" };
    for number in 0..18 {
        let values: Vec<String> = (0..3).map(|value| format!("value_{number}_{value}")).collect();
        write!(text, "\n/// An enum.\n#[derive(Clone, Debug, PartialEq, Eq{derive})]\npub enum Enum{number} {{\n")
            .unwrap();
        for (index, value) in values.iter().enumerate() {
            if !ours {
                writeln!(text, "    #[serde(rename = {value:?})]").unwrap();
            }
            writeln!(text, "    /// A value.\n    Value{index},").unwrap();
        }
        text += match way {
            "plain" => "",
            "flatten" => "    #[serde(untagged)]\n    Unrecognized(String),\n",
            _ => "    Unrecognized(Unrecognized),\n",
        };
        text += "}\n";
        if ours {
            let table: String = (0..3).map(|index| format!(" Value{index} = {:?},", values[index])).collect();
            writeln!(text, "crate::runtime::model::string_enum! {{ Enum{number} {{{table} }} }}").unwrap();
        }
    }
    for number in 0..55_usize {
        let mut fields: Vec<(String, &str)> = (0..4)
            .map(|field| {
                let (own, other, word) = FIELDS[(number + field * 2) % FIELDS.len()];
                (if ours { own } else { other }.to_owned(), word)
            })
            .collect();
        fields.push((format!("Enum{}", number % 18), "required"));
        if let Some(inner) = number.checked_sub(20) {
            fields.push(match number % 2 {
                0 => (format!("Vec<Struct{inner}>"), "required"),
                _ => (format!("Option<Struct{inner}>"), "optional"),
            });
        }
        write!(text, "\n/// A struct.\n#[derive(Clone, Debug, PartialEq{derive})]\npub struct Struct{number} {{\n")
            .unwrap();
        for (index, (kind, word)) in fields.iter().enumerate() {
            if !ours && *word != "required" {
                text += "    #[serde(skip_serializing_if = \"Option::is_none\")]\n";
            }
            writeln!(text, "    /// A field.\n    pub field_{index}: {kind},").unwrap();
        }
        text += match way {
            "plain" => "",
            "flatten" => "    #[serde(flatten)]\n    pub extra: Map<String, Value>,\n",
            _ => "    pub extra: Extra,\n",
        };
        text += "}\n";
        if ours {
            write!(text, "crate::runtime::model::object! {{\n    Struct{number} {{\n").unwrap();
            for (index, (_, word)) in fields.iter().enumerate() {
                writeln!(text, "        field_{index}: {word} \"field_{index}\",").unwrap();
            }
            text += "    }\n}\n";
        }
        if used && number >= 35 {
            write!(
                text,
                concat!(
                    "\npub fn read_{number}(text: &str) -> serde_json::Result<Struct{number}> {{\n",
                    "    serde_json::from_str(text)\n}}\n",
                    "\npub fn write_{number}(value: &Struct{number}) -> serde_json::Result<Vec<u8>> {{\n",
                    "    serde_json::to_vec(value)\n}}\n",
                ),
                number = number,
            )
            .unwrap();
        }
    }
    text
}
