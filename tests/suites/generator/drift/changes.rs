//! Changes of a description, with the report on each.

/// A replacement in a copy of the description, and the differences that are then reported.
pub(super) const CHANGES: &[(&str, &str, &[&str])] = &[
    // The service.
    ("  - url: https://api.example.eu\n", "", &["`API`: only ours says `server https://api.example.eu`"]),
    ("  - key: []\npaths", "  - key: []\n  - token: []\npaths", &["`API`: only theirs says `needs http bearer`"]),
    (
        "name: X-Key",
        "name: X-Other",
        &[
            "`API`: ours says `needs header X-Key`, theirs `needs header X-Other`",
            "`CreateThing`: ours says `needs header X-Key`, theirs `needs header X-Other`",
        ],
    ),
    // Operations.
    (
        "  /things:\n    get",
        "  /thing:\n    get",
        &[
            "`CreateThing`: only theirs has it: `POST /thing`",
            "`CreateThing`: only ours has it",
            "`ListThings`: only theirs has it: `GET /thing`",
            "`ListThings`: only ours has it",
        ],
    ),
    (
        "    put:",
        "    patch:",
        &["`ReplaceShape`: only theirs has it: `PATCH /things/{thing_id}`", "`ReplaceShape`: only ours has it"],
    ),
    (
        "x-permission: things_read",
        "x-permission: {operator: AND, permissions: [things_read, things_see]}",
        &["`ListThings`: ours says `permission things_read`, theirs `permission things_read and things_see`"],
    ),
    ("      x-unstable: Soon.\n", "", &["`DeleteThing`: only ours says `preview`"]),
    (
        "      operationId: DeleteThing\n",
        "      operationId: DeleteThing\n      deprecated: true\n",
        &["`DeleteThing`: only theirs says `deprecated`"],
    ),
    (
        "https://old.example.com",
        "https://older.example.com",
        &["`DeleteThing`: ours says `server https://old.example.com`, theirs `server https://older.example.com`"],
    ),
    (
        "        - token: [write]\n",
        "",
        &["`CreateThing`: only ours says `needs header X-Key` and `needs http bearer with write`"],
    ),
    // Parameters.
    ("maximum: 100", "maximum: 1000", &["`ListThings query size`: ours says `maximum 100`, theirs `maximum 1000`"]),
    ("minimum: 1,", "minimum: 1.0,", &[]),
    ("default: 10", "default: 20", &["`ListThings query size`: ours says `default 10`, theirs `default 20`"]),
    (
        "name: size, in: query,",
        "name: size, in: query, required: true,",
        &["`ListThings query size`: only theirs says `required`"],
    ),
    (
        "name: kind, in: query",
        "name: sort, in: query",
        &[
            "`ListThings query kind`: only ours has it",
            "`ListThings query sort`: only theirs has it: `default small`, `enum`, `value large` and `value small`",
        ],
    ),
    ("explode: false", "explode: true", &["`ListThings query ids`: only ours says `explode false`"]),
    (
        "explode: false, schema",
        "style: pipeDelimited, explode: false, schema",
        &["`ListThings query ids`: ours says `explode false`, theirs `style pipeDelimited`"],
    ),
    ("name: X-Trace, in: header", "name: x-trace, in: header", &[]),
    (
        "name: X-Trace, in: header",
        "name: X-Trace, in: cookie",
        &["`ListThings cookie X-Trace`: only theirs has it: `string`", "`ListThings header x-trace`: only ours has it"],
    ),
    ("thing_id", "id", &[]),
    (
        "required: true, schema: {type: string, format: uuid}",
        "required: true, schema: {type: string}",
        &["`DeleteThing path thing_id`, `ReplaceShape path thing_id`: ours says `uuid`, theirs `string`"],
    ),
    // Bodies and responses.
    ("        required: true\n        content", "        content", &["`CreateThing body`: only ours says `required`"]),
    (
        "          text/csv:\n            schema: {type: string}\n",
        "",
        &["`CreateThing body`: only ours says `text/csv`", "`CreateThing body text/csv`: only ours has it"],
    ),
    (
        "\"201\":",
        "\"200\":",
        &[
            "`CreateThing response 200`: only theirs has it: `application/json`",
            "`CreateThing response 201`: only ours has it",
        ],
    ),
    (
        "        default: {$ref: \"#/components/responses/Missing\"}\n",
        "",
        &["`ListThings response default`: only ours has it"],
    ),
    (
        "            X-Left: {schema: {type: integer, format: int32}}\n",
        "            X-Left: {schema: {type: integer}}\n",
        &["`ListThings response 200 header x-left`: ours says `int32`, theirs `integer`"],
    ),
    (
        "{type: string, nullable: true}",
        "{type: string}",
        &["`DeleteThing response 404 error`, `ListThings response 404 error`, `ListThings response default error`: \
         only ours says `nullable`"],
    ),
    // Schemas.
    ("[small, large]", "[large, small]", &[]),
    (
        "[small, large]",
        "[small, large, huge]",
        &["`CreateThing body kind`, `CreateThing response 201 kind`, `ListThings query kind` and 1 more: \
         only theirs says `value huge`"],
    ),
    (
        "maxLength: 50",
        "maxLength: 60",
        &["`CreateThing body name`, `CreateThing response 201 name`, `ListThings response 200 data[].name`: \
         ours says `maxLength 50`, theirs `maxLength 60`"],
    ),
    (
        "required: [made]",
        "required: []",
        &["`CreateThing body made`, `CreateThing response 201 made`, `ListThings response 200 data[].made`: \
         only ours says `required`"],
    ),
    (
        "format: date-time",
        "format: date",
        &["`CreateThing body made`, `CreateThing response 201 made`, `ListThings response 200 data[].made`: \
         ours says `date-time`, theirs `date`"],
    ),
    (
        "maxItems: 5, items: {$ref: \"#/components/schemas/Thing\"}",
        "maxItems: 5, items: {type: string}",
        &[
            "`CreateThing body parts`, `CreateThing response 201 parts`, `ListThings response 200 data[].parts`: \
         ours says `array of object`, theirs `array of string`",
            "`CreateThing body parts[]`, `CreateThing response 201 parts[]`, `ListThings response 200 data[].parts[]`: \
         only ours has it",
        ],
    ),
    (
        "maxItems: 5, ",
        "",
        &["`CreateThing body parts`, `CreateThing response 201 parts`, `ListThings response 200 data[].parts`: \
         only ours says `at most 5 items`"],
    ),
    (
        "enum: [a, b]",
        "enum: [a]",
        &["`CreateThing body tags[]`, `CreateThing response 201 tags[]`, `ListThings response 200 data[].tags[]`: \
         only ours says `value b`"],
    ),
    ("settings: {type: object, additionalProperties: {}}", "settings: {type: object}", &[]),
    (
        "sizes: {type: object, additionalProperties: {type: number}}",
        "sizes: {type: object, additionalProperties: {type: integer}}",
        &["`CreateThing body sizes.*`, `CreateThing response 201 sizes.*`, `ListThings response 200 data[].sizes.*`: \
         ours says `number`, theirs `integer`"],
    ),
    (
        "closed: {type: object, additionalProperties: false}",
        "closed: {type: object}",
        &["`CreateThing body closed`, `CreateThing response 201 closed`, `ListThings response 200 data[].closed`: \
         ours says `no other fields`, theirs `free form`"],
    ),
    (
        "        side: {type: number}",
        "        side: {type: integer}",
        &["`ReplaceShape body <square>.side`: ours says `number`, theirs `integer`"],
    ),
    (
        "propertyName: shape",
        "propertyName: form",
        &["`ReplaceShape body`: ours says `identified by shape`, theirs `identified by form`"],
    ),
    // Prose, names of types and our extensions.
    ("description: Words are aside.", "description: Other words.", &[]),
    ("Circle", "Disc", &[]),
    ("operationId: DeleteThing", "operationId: RemoveThing", &[]),
    (
        "      operationId: ListThings\n",
        "      operationId: ListThings\n      x-rust-name: all\n      tags: [A]\n",
        &[],
    ),
];
