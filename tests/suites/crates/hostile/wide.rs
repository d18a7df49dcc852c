//! Enums with very many values, and bodies with more required fields than a call can have as separate inputs.

use serde_json::{Value, json};

use crate::hostile::spec::{generate, object, spec};

/// More than the maximum number of steps.
const REQUIRED: usize = 110;

/// An object with an enum of 5,000 texts, one of 200 integers and 150 fields, sent as each kind of body that has
/// fields.
pub(crate) fn values_and_fields(name: &str) -> Value {
    let kinds = ["string", "integer", "boolean", "number"];
    let field = |index: usize| format!("field{index}");
    let fields = (0..150).map(|index| (field(index), json!({ "type": kinds[index % kinds.len()] })));
    let mut properties = object(fields);
    properties["code"] = json!({ "$ref": "#/components/schemas/Code" });
    properties["status"] = json!({ "$ref": "#/components/schemas/Status" });
    let required: Vec<String> = (0..REQUIRED).map(field).chain(["code".to_owned()]).collect();
    let wide = json!({ "$ref": "#/components/schemas/Wide" });
    let call = |id: &str, media_type: &str| {
        let limit = json!({ "name": "limit", "in": "query", "required": true, "schema": { "type": "integer" } });
        let body = json!({ "required": true, "content": object([(media_type.to_owned(), json!({ "schema": wide }))]) });
        let answer = json!({ "200": { "description": "It.", "content": { "application/json": { "schema": wide } } } });
        json!({ "post": { "operationId": id, "parameters": [limit], "requestBody": body, "responses": answer } })
    };
    let codes: Vec<String> = (0..5_000).map(|index| format!("code-{index}")).collect();
    let numbers: Vec<usize> = (0..200).map(|index| index * 7).collect();
    spec(
        name,
        json!({
            "paths": {
                "/json": call("sendJson", "application/json"),
                "/form": call("sendForm", "application/x-www-form-urlencoded"),
            },
            "components": { "schemas": {
                "Code": { "type": "string", "enum": codes },
                "Status": { "type": "integer", "enum": numbers },
                "Wide": { "type": "object", "required": required, "properties": properties },
            } },
        }),
    )
}

/// Its type is created from named fields, which cannot be mistaken for one another.
#[test]
fn a_body_with_very_many_required_fields_is_one_argument() {
    let files = generate(&values_and_fields("hostile-wide")).unwrap_or_else(|codes| panic!("{codes:?}"));
    let surface = files.get("api.txt").expect("every crate has one");
    for (call, body) in [("send_json", "body"), ("send_form", "body as application/x-www-form-urlencoded")] {
        let start = format!("\noperation {call} argument ");
        let arguments: Vec<&str> = surface.split(&start).skip(1).filter_map(|rest| rest.lines().next()).collect();
        assert_eq!(arguments, ["1 limit: i64, query limit", &format!("2 body: Wide, {body}")]);
    }
}
