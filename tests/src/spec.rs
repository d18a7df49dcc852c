//! The OpenAPI description as plain data, read without the generator, so that a defect of its reader cannot hide here.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::{Mapping, Value};

use crate::workspace_root;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One operation of the description.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// Its `operationId`.
    pub id: &'a str,
    /// The method, as the description writes it.
    pub method: &'a str,
    /// The path template.
    pub path: &'a str,
    /// The path item.
    pub path_item: &'a Mapping,
    /// The operation object.
    pub node: &'a Mapping,
}

/// The description in `spec/`.
///
/// # Panics
///
/// If it cannot be read.
pub fn read() -> Value {
    serde_yaml::from_str(&text()).expect("the description is YAML")
}

/// The text of the description in `spec/`.
///
/// # Panics
///
/// If it cannot be read.
pub fn text() -> String {
    let path = workspace_root().join("spec/org_groups.yaml");
    fs::read_to_string(&path).expect("the description can be read")
}

/// Every operation, in the order of the description.
pub fn operations(spec: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in spec["paths"].as_mapping().into_iter().flatten() {
        let (Some(path), Some(path_item)) = (path.as_str(), item.as_mapping()) else { continue };
        for (method, node) in path_item {
            let (Some(method), Some(node)) = (method.as_str(), node.as_mapping()) else { continue };
            if METHODS.contains(&method) {
                let id = node.get("operationId").and_then(Value::as_str).unwrap_or("(no operationId)");
                operations.push(Operation { id, method, path, path_item, node });
            }
        }
    }
    operations
}

impl Operation<'_> {
    /// The first of its tags: its resource.
    pub fn tag(&self) -> &str {
        self.node.get("tags").and_then(|tags| tags[0].as_str()).unwrap_or_default()
    }

    /// The name of the schema of its request body, if it has one.
    pub fn request_schema(&self) -> Option<&str> {
        let content = self.node.get("requestBody")?.get("content")?.get("application/json")?;
        content.get("schema")?.get("$ref")?.as_str()?.rsplit('/').next()
    }

    /// The statuses that are documented.
    ///
    /// # Panics
    ///
    /// If one is not a number.
    pub fn statuses(&self) -> BTreeSet<u16> {
        let responses = self.node.get("responses").and_then(Value::as_mapping).into_iter().flatten();
        responses.map(|(status, _)| status.as_str().expect("a quoted status").parse().expect("a status")).collect()
    }
}
