//! Parameters: the table of styles of OpenAPI, encoding, and rejected values that a server could misread.

use super::double::{Double, answer};
use crate::runtime::client::Style;
use crate::runtime::model::{Extra, object};
use crate::{Error, ErrorKind, Operation, Request, Value};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

static OPERATION: Operation = Operation::new("Op", Method::GET, "/x", true);
static IN_PATH: Operation = Operation::new("InPath", Method::GET, "/a/{color}/b", true);

fn json(text: &str) -> Value {
    text.parse().unwrap()
}

async fn send(request: Request) -> Result<http::Request<bytes::Bytes>, Error> {
    let (double, client) = Double::with(Ok(answer(204, &[], "")));
    client.send_empty(request).await?;
    Ok(double.seen().remove(0).0)
}

async fn refused(request: Request) -> String {
    let error = send(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(error.argument(), Some("color"), "{error}");
    error.to_string().split("color: ").last().unwrap_or_default().to_owned()
}

async fn path(style: Style, value: &str) -> String {
    let sent = send(Request::new(&IN_PATH).path_as(style, "color", &json(value))).await.unwrap();
    assert!(sent.uri().query().is_none());
    sent.uri().path().strip_prefix("/a/").and_then(|path| path.strip_suffix("/b")).unwrap().to_owned()
}

async fn query(style: Style, value: &str) -> String {
    let sent = send(Request::new(&OPERATION).query_as(style, "color", Some(&json(value)))).await.unwrap();
    sent.uri().query().unwrap_or("nothing").to_owned()
}

async fn header(style: Style, value: &str) -> String {
    let sent = send(Request::new(&OPERATION).header_as(style, "color", Some(&json(value)))).await.unwrap();
    sent.headers()["color"].to_str().unwrap().to_owned()
}

async fn cookie(style: Style, value: &str) -> String {
    let sent = send(Request::new(&OPERATION).cookie_as(style, "color", Some(&json(value)))).await.unwrap();
    let cookies: Vec<&HeaderValue> = sent.headers().get_all("cookie").iter().collect();
    let [cookie] = cookies[..] else { panic!("one header: {cookies:?}") };
    cookie.to_str().unwrap().to_owned()
}

const EMPTY: &str = r#""""#;
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue", "black", "brown"]"#;
const OBJECT: &str = r#"{"R": 100, "G": 200, "B": 150}"#;

/// The table of the section "Style Examples", as OpenAPI 3.0.4 corrects it: an unexploded label separates by commas, as
/// RFC 6570 says, and the delimiters are sent in encoded form.
#[tokio::test]
async fn every_cell_of_the_table_of_styles() {
    for (style, empty, string, array, object) in [
        (Style::MATRIX, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (
            Style::MATRIX.exploded(),
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (Style::LABEL, "n/a", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Style::LABEL.exploded(), "n/a", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Style::SIMPLE, "n/a", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Style::SIMPLE.exploded(), "n/a", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ] {
        for (value, expected) in [(EMPTY, empty), (STRING, string), (ARRAY, array), (OBJECT, object)] {
            if expected == "n/a" {
                // A dot or an empty segment would change the resource.
                refused(Request::new(&IN_PATH).path_as(style, "color", &json(value))).await;
            } else {
                assert_eq!(path(style, value).await, expected, "{style:?} {value}");
            }
        }
    }
    for (style, empty, string, array, object) in [
        (Style::FORM, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (Style::FORM.exploded(), "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (
            Style::SPACE_DELIMITED,
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            Style::PIPE_DELIMITED,
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Style::PIPE_DELIMITED.exploded(),
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            Style::DEEP_OBJECT.exploded(),
            "color=",
            "color=blue",
            "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ] {
        for (value, expected) in [(EMPTY, empty), (STRING, string), (ARRAY, array), (OBJECT, object)] {
            assert_eq!(query(style, value).await, expected, "{style:?} {value}");
        }
    }
    for (style, empty, string, array, object) in [
        (Style::SIMPLE, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Style::SIMPLE.exploded(), "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ] {
        for (value, expected) in [(EMPTY, empty), (STRING, string), (ARRAY, array), (OBJECT, object)] {
            assert_eq!(header(style, value).await, expected, "{style:?} {value}");
        }
    }
    for (style, empty, string, array, object) in [
        (Style::FORM, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        // `&` has no meaning in a cookie.
        (Style::FORM.exploded(), "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
    ] {
        for (value, expected) in [(EMPTY, empty), (STRING, string), (ARRAY, array), (OBJECT, object)] {
            assert_eq!(cookie(style, value).await, expected, "{style:?} {value}");
        }
    }
}

#[tokio::test]
async fn scalars_of_every_kind_are_written_without_quotes() {
    for (value, expected) in
        [("true", "true"), ("-3", "-3"), ("0.5", "0.5"), ("12345678901234567890123", "12345678901234567890123")]
    {
        assert_eq!(query(Style::FORM, value).await, format!("color={expected}"));
        assert_eq!(path(Style::SIMPLE, value).await, expected);
        assert_eq!(header(Style::SIMPLE, value).await, expected);
    }
    let list = vec![1_i64, 2];
    let sent = send(Request::new(&OPERATION).query_as(Style::FORM, "color", Some(&list))).await.unwrap();
    assert_eq!(sent.uri().query(), Some("color=1,2"));
}

#[tokio::test]
async fn values_are_encoded_and_delimiters_are_not() {
    let odd = r#"["a,b", "c&d=e", "f g", "é/?#%+"]"#;
    let encoded = ["a%2Cb", "c%26d%3De", "f%20g", "%C3%A9%2F%3F%23%25%2B"];
    assert_eq!(path(Style::SIMPLE, odd).await, encoded.join(","));
    assert_eq!(path(Style::MATRIX, odd).await, format!(";color={}", encoded.join(",")));
    assert_eq!(query(Style::FORM, odd).await, format!("color={}", encoded.join(",")));
    assert_eq!(cookie(Style::FORM, odd).await, format!("color={}", encoded.join(",")));
    let object = r#"{"a=b&c": "d", "[e]": "f"}"#;
    assert_eq!(query(Style::FORM.exploded(), object).await, "a%3Db%26c=d&%5Be%5D=f");
    assert_eq!(path(Style::MATRIX.exploded(), object).await, ";a%3Db%26c=d;%5Be%5D=f");
}

#[tokio::test]
async fn reserved_characters_without_a_meaning_are_not_encoded() {
    let style = Style::FORM.exploded().reserved();
    let all = r#"":/?#[]@!$&'()*+,;=% é|""#;
    assert_eq!(query(style, all).await, "color=:/?%23[]@!$%26'()*%2B,;=%25%20%C3%A9%7C");
    // A comma that is not a delimiter is encoded.
    assert_eq!(query(Style::FORM.reserved(), r#"["a/b,c", "d"]"#).await, "color=a/b%2Cc,d");
    // A name ends at its `=`.
    assert_eq!(query(style, r#"{"a=b": "c=d"}"#).await, "a%3Db=c=d");
    assert_eq!(query(Style::DEEP_OBJECT.reserved(), r#"{"a=b": "c=d"}"#).await, "color%5Ba%3Db%5D=c=d");
    assert_eq!(query(Style::JSON.reserved(), r#"{"a":[1,"&"]}"#).await, "color=%7B%22a%22:[1,%22%26%22]%7D");
}

#[tokio::test]
async fn deep_objects_are_written_at_any_depth() {
    let deep =
        r#"{"a": {"b": {"c": 1}}, "d": [1, 2], "e": [{"f": 1}, {"f": 2}], "g": [[1], ["x"]], "h": [1, {"i": 2}]}"#;
    let expected = "color[a][b][c]=1&color[d][]=1&color[d][]=2&color[e][0][f]=1&color[e][1][f]=2&color[g][0][]=1&\
                    color[g][1][]=x&color[h][0]=1&color[h][1][i]=2";
    assert_eq!(query(Style::DEEP_OBJECT, deep).await.replace("%5B", "[").replace("%5D", "]"), expected);
}

#[tokio::test]
async fn nested_values_are_json() {
    let nested = r#"[{"a":1},[2]]"#;
    assert_eq!(query(Style::FORM.exploded(), nested).await, "color=%7B%22a%22%3A1%7D&color=%5B2%5D");
    assert_eq!(path(Style::SIMPLE, nested).await, "%7B%22a%22%3A1%7D,%5B2%5D");
    // Separate pairs can be repeated.
    assert_eq!(query(Style::FORM.exploded(), r#"{"page": 1, "sort": ["a", "b"]}"#).await, "page=1&sort=a&sort=b");
    assert_eq!(query(Style::FORM, r#"{"sort": ["a", "b"]}"#).await, "color=sort,%5B%22a%22%2C%22b%22%5D");
}

#[tokio::test]
async fn content_is_json_everywhere() {
    let value = r#"{"a":"é","b":null}"#;
    let encoded = "%7B%22a%22%3A%22%C3%A9%22%2C%22b%22%3Anull%7D";
    assert_eq!(path(Style::JSON, value).await, encoded);
    assert_eq!(query(Style::JSON, value).await, format!("color={encoded}"));
    assert_eq!(cookie(Style::JSON, value).await, format!("color={encoded}"));
    // A header cannot have other characters, but JSON has an escape for each.
    assert_eq!(header(Style::JSON, value).await, r#"{"a":"\u00e9","b":null}"#);
    assert_eq!(header(Style::JSON, r#""😀""#).await, r#""\ud83d\ude00""#);
    assert_eq!(query(Style::JSON, "null").await, "color=null");
}

#[tokio::test]
async fn ambiguous_values_are_rejected() {
    let query = |style, value| refused(Request::new(&OPERATION).query_as(style, "color", Some(&json(value))));
    let header = |style, value| refused(Request::new(&OPERATION).header_as(style, "color", Some(&json(value))));
    let path = |style, value| refused(Request::new(&IN_PATH).path_as(style, "color", &json(value)));
    let separates = "contains the delimiter of items";
    assert!(query(Style::SPACE_DELIMITED, r#"["a b"]"#).await.ends_with(separates));
    assert!(query(Style::PIPE_DELIMITED, r#"["a|b"]"#).await.ends_with(separates));
    assert!(header(Style::SIMPLE, r#"["a,b"]"#).await.ends_with(separates));
    assert!(header(Style::SIMPLE, r#"{"a": "b,c"}"#).await.ends_with(separates));
    assert!(header(Style::SIMPLE.exploded(), r#"{"a=b": "c"}"#).await.ends_with(separates));
    assert!(path(Style::LABEL.exploded(), "[1.5, 2]").await.ends_with(separates));
    assert!(path(Style::LABEL.exploded(), r#"{"a": 1.5}"#).await.ends_with(separates));
    assert!(query(Style::DEEP_OBJECT, r#"{"a[b": 1}"#).await.contains("a bracket in a name"));
    for style in [Style::FORM, Style::FORM.exploded(), Style::SPACE_DELIMITED, Style::DEEP_OBJECT] {
        for value in ["null", "[null]", r#"{"a": null}"#] {
            assert!(query(style, value).await.ends_with("null cannot be distinguished from a text here"));
        }
        assert!(query(style, "[]").await.contains("an empty list"));
    }
    assert!(header(Style::SIMPLE, "[]").await.contains("an empty list"));
    assert!(path(Style::SIMPLE, "[]").await.contains("an empty list"));
    for style in [Style::SIMPLE, Style::SIMPLE.exploded(), Style::LABEL, Style::MATRIX.exploded()] {
        assert!(path(style, "{}").await.contains("an empty object"));
    }
    assert!(header(Style::SIMPLE, "{}").await.contains("an empty object"));
    assert!(query(Style::FORM, "{}").await.contains("an empty object"));
    assert!(query(Style::DEEP_OBJECT, r#"{"a": {}}"#).await.contains("an empty object"));
    let spaces = "has spaces around it, which a header does not keep";
    assert!(header(Style::SIMPLE, r#"["a", " b"]"#).await.ends_with(spaces));
    assert!(header(Style::SIMPLE.exploded(), r#"{"a": "b\t"}"#).await.ends_with(spaces));
    assert!(query(Style::DEEP_OBJECT, r#"{"a": []}"#).await.contains("an empty list"));
    assert!(refused(Request::new(&OPERATION).query_as(Style::FORM, "color", Some(&f64::NAN))).await.contains("NaN"));
    let deep = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    assert!(query(Style::DEEP_OBJECT, &deep).await.contains("deeper than 64 levels"));
    assert!(query(Style::FORM.exploded(), r#"{"a": 1, "b": []}"#).await.contains("b: an empty list"));
    // An object without fields means the same as no pair.
    for style in [Style::FORM.exploded(), Style::DEEP_OBJECT] {
        let sent = send(Request::new(&OPERATION).query_as(style, "color", Some(&json("{}")))).await;
        assert_eq!(sent.unwrap().uri().query(), None);
    }
}

#[tokio::test]
async fn null_and_absence_can_be_an_empty_value() {
    let style = Style::FORM.exploded().or_empty();
    assert_eq!(query(style, "null").await, "color=");
    assert_eq!(query(style, "[]").await, "color=");
    assert_eq!(query(style, "true").await, "color=true");
}

/// A parameter has no text for `null`, and the field is unset.
#[tokio::test]
async fn a_null_that_the_server_sent_is_absent_in_a_parameter() {
    let color: Color = serde_json::from_str(r#"{"R":1,"G":null}"#).unwrap();
    assert_eq!(serde_json::to_string(&color).unwrap(), r#"{"R":1,"G":null}"#);
    let request = Request::new(&OPERATION).query_as(Style::DEEP_OBJECT, "color", Some(&color));
    assert_eq!(send(request).await.unwrap().uri().query(), Some("color%5BR%5D=1"));
    let form = send(Request::new(&OPERATION).form(&[], Some(&color))).await.unwrap();
    assert_eq!(form.body(), "R=1");
}

struct Color {
    red: Option<i64>,
    green: Option<i64>,
    extra: Extra,
}
object! { Color { red: optional "R", green: optional "G" } }

#[tokio::test]
async fn invalid_headers_are_rejected() {
    for value in [r#""a\nb""#, r#""é""#, r#""a\u0000""#, r#"" a""#, r#""a ""#, r#""\ta""#] {
        refused(Request::new(&OPERATION).header_as(Style::SIMPLE, "color", Some(&json(value)))).await;
    }
    assert_eq!(header(Style::SIMPLE, r#""a b; \"c\"""#).await, r#"a b; "c""#);
    // Without a value, nothing is sent.
    let none: Option<&String> = None;
    let sent = send(Request::new(&OPERATION).header_as(Style::SIMPLE, "color", none)).await.unwrap();
    assert!(!sent.headers().contains_key("color"));
}

#[tokio::test]
async fn the_callers_headers_override_parameters_and_client_headers() {
    let agent = || Request::new(&OPERATION).header_as(Style::SIMPLE, "User-Agent", Some(&"mine".to_owned()));
    let sent = send(agent()).await.unwrap();
    assert_eq!(sent.headers().get_all("user-agent").iter().collect::<Vec<_>>(), ["mine"]);
    let headers = HeaderMap::from_iter([(http::header::USER_AGENT, HeaderValue::from_static("by hand"))]);
    let sent = send(agent().headers(&headers)).await.unwrap();
    assert_eq!(sent.headers().get_all("user-agent").iter().collect::<Vec<_>>(), ["by hand"]);
    // A key is not a parameter.
    let key = Request::new(&OPERATION).header_as(Style::SIMPLE, "dd-api-key", Some(&"x".to_owned()));
    assert_eq!(send(key).await.unwrap_err().argument(), Some("dd-api-key"));
}

#[tokio::test]
async fn all_cookies_are_in_one_header() {
    let (one, two) = ("a;b".to_owned(), 2_i64);
    let cookies =
        || Request::new(&OPERATION).cookie_as(Style::FORM, "one", Some(&one)).cookie_as(Style::FORM, "two", Some(&two));
    let sent = send(cookies()).await.unwrap();
    assert_eq!(sent.headers().get_all("cookie").iter().collect::<Vec<_>>(), ["one=a%3Bb; two=2"]);
    let mut headers = HeaderMap::new();
    headers.append(HeaderName::from_static("cookie"), HeaderValue::from_static("three=3"));
    headers.append(HeaderName::from_static("cookie"), HeaderValue::from_static("four=4"));
    let sent = send(cookies().headers(&headers)).await.unwrap();
    assert_eq!(sent.headers().get_all("cookie").iter().collect::<Vec<_>>(), ["one=a%3Bb; two=2; three=3; four=4"]);
}
