//! Building a client: sites, base URLs, keys, the environment.

use super::double::{API_KEY, APP_KEY, Double};
use crate::{Client, ClientBuilder, ErrorKind, Site};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

fn builder() -> ClientBuilder {
    Client::builder().api_key(API_KEY).application_key(APP_KEY).transport(Double::default())
}

fn problem(builder: ClientBuilder) -> String {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!((error.operation(), error.status(), error.body()), (None, None, &b""[..]));
    format!("{error} {error:?}")
}

fn from_vars(vars: &[(&str, &str)]) -> ClientBuilder {
    let vars: BTreeMap<_, _> = vars.iter().map(|(name, value)| (*name, OsString::from(value))).collect();
    ClientBuilder::from_vars(|name| vars.get(name).cloned()).transport(Double::default())
}

#[test]
fn the_last_of_site_and_base_url_wins() {
    let url = |builder: ClientBuilder| builder.build().unwrap().base_url().to_owned();
    assert_eq!(url(builder()), "https://api.datadoghq.com");
    assert_eq!(url(builder().site(Site::EU1)), "https://api.datadoghq.eu");
    assert_eq!(url(builder().site(Site::EU1).base_url("https://proxy/dd/")), "https://proxy/dd");
    assert_eq!(url(builder().base_url("https://proxy").site(Site::EU1)), "https://api.datadoghq.eu");
}

#[test]
fn base_urls_that_are_accepted() {
    for (given, kept) in [
        ("https://example.com", "https://example.com"),
        ("HTTPS://example.com/", "https://example.com"),
        ("https://example.com:8443/a/b%20c//", "https://example.com:8443/a/b%20c"),
        ("http://localhost:80", "http://localhost:80"),
        ("http://LOCALHOST", "http://LOCALHOST"),
        ("http://127.8.9.1:1/x", "http://127.8.9.1:1/x"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[0:0::1]", "http://[0:0::1]"),
        ("https://1.2.3.4", "https://1.2.3.4"),
        ("https://a_b.example.", "https://a_b.example."),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ] {
        assert_eq!(builder().base_url(given).build().unwrap().base_url(), kept);
    }
    let insecure = builder().base_url("http://example.com").allow_insecure_http().build().unwrap();
    assert_eq!(insecure.base_url(), "http://example.com");
}

#[test]
fn base_urls_that_are_refused() {
    for (url, reason) in [
        ("http://example.com", "unencrypted"),
        ("http://127.0.0.1.example.com", "unencrypted"),
        ("http://localhost.example.com", "unencrypted"),
        ("http://[::2]", "unencrypted"),
        ("http://[::ffff:8.8.8.8]", "unencrypted"),
        ("ftp://example.com", "https://"),
        ("example.com", "https://"),
        ("/path", "https://"),
        ("", "not a URL"),
        ("https://", "not a URL"),
        ("https:///path", "not a URL"),
        ("https://:443", "host"),
        ("https://example.com?x=1", "query"),
        ("https://example.com/#x", "fragment"),
        ("https://example.com/..", "dot"),
        ("https://example.com/%2E%2e/x", "dot"),
        ("https://example.com/%zz", "encodes nothing"),
        ("https://example.com/%", "encodes nothing"),
        ("https://exa mple.com", "percent-encoded"),
        ("https://exämple.com", "percent-encoded"),
        ("https://example.com\\evil.com", "percent-encoded"),
        ("https://example.com\nx", "percent-encoded"),
        ("https://exam$ple.com", "host"),
        ("https://[12]", "host"),
        ("https://example.com:0", "port"),
        ("https://example.com:", "port"),
        ("https://example.com:99999", "port"),
        ("http://localhost:+80", "port"),
        ("http://localhost:8_0", "port"),
        ("http://[::1]1:80", "host"),
        ("http://[::1]x", "host"),
        ("https://xn--", "host"),
        ("https://xn--a.example", "parse it as another URL"),
        ("https://a.example127.0.0.1", "host"),
        ("https://a.example.1", "host"),
        ("https://0x7f.1", "host"),
        ("https://127.1", "host"),
        ("https://2130706433", "host"),
        ("https://127.0.0.01", "host"),
        ("https://256.0.0.1", "host"),
        ("https://a..example", "host"),
        ("https://.example", "host"),
        ("https://-a.example", "host"),
        ("https://example.com..", "host"),
    ] {
        let problem = problem(builder().base_url(url));
        assert!(problem.contains(reason), "{url}: {problem}");
    }
    let long = format!("https://{}.example", "a".repeat(64));
    assert!(problem(builder().base_url(long)).contains("host"));
    let long = format!("https://{}example", "a.".repeat(130));
    assert!(problem(builder().base_url(long)).contains("host"));
    let problem = problem(builder().base_url("https://me:hunter2@example.com"));
    assert!(problem.contains("password") && !problem.contains("hunter2"), "{problem}");
}

#[test]
fn keys_are_checked_and_never_repeated() {
    for key in ["", "hunter2\n", "hunter2 ", "hunter2\u{0}", "hunter2é"] {
        let problem = problem(builder().api_key(key));
        assert!(problem.contains("api_key cannot be sent: it "), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
    assert!(problem(builder().api_key("x\n")).contains("line break"));
    builder().api_key("x".repeat(8192)).build().unwrap();
    for length in [8193, 65_535, 65_536, 1 << 20] {
        assert!(problem(builder().api_key("x".repeat(length))).contains("longer than 8192"), "{length}");
    }
}

#[test]
fn keys_are_in_no_debug_output() {
    let printed = format!("{:?} {:?}", builder(), builder().build().unwrap());
    assert!(printed.contains("redacted") && printed.contains("https://api.datadoghq.com"), "{printed}");
    assert!(!printed.contains(API_KEY) && !printed.contains(APP_KEY), "{printed}");
}

#[test]
fn all_problems_are_reported_at_once() {
    let problem = problem(Client::builder().base_url("ftp://x").timeout(Duration::ZERO).user_agent("a\nb"));
    for part in ["ftp://x", "api_key is missing", "application_key is missing", "timeout is zero", "user agent"] {
        assert!(problem.contains(part), "{part}: {problem}");
    }
}

#[test]
fn keys_and_site_come_from_the_environment() {
    let vars = [("DD_API_KEY", "a"), ("DD_APP_KEY", "b"), ("DD_SITE", "DATADOGHQ.EU")];
    assert_eq!(from_vars(&vars).build().unwrap().base_url(), "https://api.datadoghq.eu");
    assert_eq!(from_vars(&vars[..2]).build().unwrap().base_url(), "https://api.datadoghq.com");
    assert!(from_vars(&[("DD_SITE", "")]).api_key("a").application_key("b").build().is_ok());
}

#[test]
fn missing_variables_are_named() {
    let problem = problem(from_vars(&[("DD_APP_KEY", ""), ("DD_SITE", "app.datadoghq.eu")]));
    for part in ["DD_API_KEY is not set", "DD_APP_KEY is not set", "app.datadoghq.eu", "datadoghq.com, datadoghq.eu"] {
        assert!(problem.contains(part), "{part}: {problem}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_named_and_not_repeated() {
    use std::os::unix::ffi::OsStringExt as _;
    let value = OsString::from_vec(b"hunter2\xff".to_vec());
    let problem = problem(ClientBuilder::from_vars(|name| (name == "DD_API_KEY").then(|| value.clone())));
    assert!(problem.contains("DD_API_KEY is not valid Unicode") && !problem.contains("hunter2"), "{problem}");
}

#[test]
fn sites_are_named_by_their_domain() {
    assert_eq!(Site::ALL, [Site::US1, Site::EU1]);
    for site in Site::ALL {
        assert_eq!(site.to_string().parse::<Site>().unwrap(), *site);
        assert_eq!(site.base_url(), format!("https://api.{}", site.domain()));
    }
    let error = "us1".parse::<Site>().unwrap_err();
    assert_eq!(error.to_string(), r#""us1" is not a site; the sites are datadoghq.com, datadoghq.eu"#);
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport_there_is_no_client() {
    assert!(problem(Client::builder().api_key(API_KEY).application_key(APP_KEY)).contains("no transport"));
}
