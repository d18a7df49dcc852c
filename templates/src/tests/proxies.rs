//! Proxies in the environment are used or rejected, and never ignored.

use super::loopback::run_with;
use crate::runtime::client::reqwest::proxy::{Target, from_env};
use crate::{Client, ErrorKind};
use std::collections::BTreeMap;
use std::ffi::OsString;

const HTTPS: Target<'_> = Target { secure: true, host: Some("api.example.com") };
const HTTP: Target<'_> = Target { secure: false, host: Some("api.example.com") };

/// Returns the proxy of these variables, as reqwest prints it, or the problem.
fn proxy(target: Target<'_>, vars: &[(&str, &str)]) -> Result<Option<String>, String> {
    let vars: BTreeMap<_, _> = vars.iter().map(|(name, value)| (*name, OsString::from(value))).collect();
    let proxy = from_env(target, &|name| vars.get(name).cloned())?;
    Ok(proxy.map(|proxy| format!("{proxy:?}")))
}

#[test]
fn the_first_variable_with_a_value_is_used() {
    for (target, vars, expected) in [
        (HTTPS, &[][..], None),
        (
            HTTPS,
            &[("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:1"), ("ALL_PROXY", "http://c:1")],
            Some("a"),
        ),
        (HTTPS, &[("https_proxy", "http://b:1"), ("ALL_PROXY", "http://c:1")], Some("b")),
        (HTTPS, &[("ALL_PROXY", "http://c:1"), ("all_proxy", "http://d:1")], Some("c")),
        (HTTPS, &[("all_proxy", "http://d:1")], Some("d")),
        // An empty value is ignored: it hides no other.
        (
            HTTPS,
            &[("HTTPS_PROXY", ""), ("https_proxy", " "), ("ALL_PROXY", ""), ("all_proxy", "http://d:1")],
            Some("d"),
        ),
        (HTTPS, &[("HTTPS_PROXY", "")], None),
        // The variable for the other scheme.
        (HTTPS, &[("HTTP_PROXY", "http://e:1"), ("http_proxy", "nonsense nonsense")], None),
        (HTTP, &[("HTTP_PROXY", "http://e:1"), ("HTTPS_PROXY", "http://a:1")], Some("e")),
        (HTTP, &[("http_proxy", "http://f:1")], Some("f")),
        (HTTP, &[("ALL_PROXY", "http://c:1")], Some("c")),
        // The client of a CGI script controls this variable, and not the others.
        (HTTP, &[("HTTP_PROXY", "http://e:1"), ("REQUEST_METHOD", "GET")], None),
        (HTTP, &[("HTTP_PROXY", "http://e:1"), ("http_proxy", "http://f:1"), ("REQUEST_METHOD", "GET")], Some("f")),
        (HTTPS, &[("HTTPS_PROXY", "http://a:1"), ("REQUEST_METHOD", "GET")], Some("a")),
    ] {
        let found = proxy(target, vars).unwrap();
        let name = expected.map(|name| format!("{name:?}"));
        assert_eq!(found.is_some(), name.is_some(), "{vars:?}");
        assert!(found.unwrap_or_default().contains(&name.unwrap_or_default()), "{vars:?}");
    }
}

#[test]
fn every_kind_of_proxy_can_be_named() {
    for value in [
        "http://proxy:3128",
        "http://proxy:3128/",
        "https://proxy",
        "HTTP://proxy",
        "proxy:3128",
        "proxy",
        "10.0.0.1:3128",
        "http://[::1]:3128",
        "http://user:p%40ss@proxy:3128",
        "user:pass@proxy:3128",
        "socks4://proxy",
        "socks4a://proxy:1080",
        "socks5://proxy:1080",
        "socks5h://user:pass@proxy:1080",
        " http://proxy:3128 ",
    ] {
        assert!(proxy(HTTPS, &[("HTTPS_PROXY", value)]).unwrap().is_some(), "{value}");
        assert!(proxy(HTTP, &[("ALL_PROXY", value)]).unwrap().is_some(), "{value}");
    }
}

#[test]
fn an_invalid_proxy_names_the_variable() {
    for (value, reason) in [
        ("socks://127.0.0.1:1080", "does not name the version of SOCKS"),
        ("SOCKS://127.0.0.1:1080", "does not name the version of SOCKS"),
        ("socks6://proxy", "socks6:// is not a supported proxy scheme"),
        ("ftp://proxy", "ftp:// is not a supported proxy scheme"),
        ("quic://hunter2@proxy", "quic:// is not a supported proxy scheme"),
        ("http://", "not a URL"),
        ("http://:3128", "not a URL"),
        ("http:proxy:3128", "not a URL"),
        ("http://proxy:port", "not a URL"),
        ("http://proxy:99999", "not a URL"),
        ("http://proxy:0", "port is 0"),
        ("socks5://", "host"),
        ("http://proxy/path", "path"),
        ("http://proxy?query", "query"),
        ("http://pro xy", "space"),
        ("none at all", "space"),
        ("://proxy", "not a URL"),
        ("@", "not a URL"),
        ("http://hunter2:hunter2@", "not a URL"),
    ] {
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            // A later variable does not help.
            let problem = proxy(HTTPS, &[(name, value), ("all_proxy", value)]).unwrap_err();
            assert!(problem.contains(name) && problem.contains(reason), "{value}: {problem}");
            assert!(problem.contains("http://HOST:PORT") && problem.contains("NO_PROXY"), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
        assert!(proxy(HTTP, &[("http_proxy", value)]).is_err(), "{value}");
    }
}

#[test]
fn no_proxy_excludes_hosts() {
    let vars = |list| [("HTTPS_PROXY", "socks://proxy"), ("NO_PROXY", list)];
    for list in [
        "*",
        "api.example.com",
        "API.EXAMPLE.COM",
        "example.com",
        ".example.com",
        "*.example.com",
        "localhost, .example.com",
        "localhost .example.com",
        "com",
    ] {
        assert_eq!(proxy(HTTPS, &vars(list)), Ok(None), "{list}");
    }
    for list in ["", "xample.com", "api.example", "other.com,b.example.com", ".", "10.0.0.0/8"] {
        assert!(proxy(HTTPS, &vars(list)).is_err(), "{list}");
    }
    let address = Target { secure: true, host: Some("[::1]") };
    assert_eq!(proxy(address, &vars("[::1]")), Ok(None));
    assert_eq!(proxy(HTTPS, &[("ALL_PROXY", "socks://proxy"), ("no_proxy", "example.com")]), Ok(None));
    // Without a host, only an entry that excludes all hosts applies.
    assert!(proxy(Target { secure: true, host: None }, &vars("example.com")).is_err());
    assert_eq!(proxy(Target { secure: true, host: None }, &vars("a, *")), Ok(None));
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_an_error() {
    use std::os::unix::ffi::OsStringExt as _;
    for odd in ["HTTPS_PROXY", "all_proxy", "NO_PROXY"] {
        let lookup = |name: &str| match name {
            name if name == odd => Some(OsString::from_vec(b"http://hunter2\xff".to_vec())),
            "ALL_PROXY" if odd == "NO_PROXY" => Some(OsString::from("http://proxy")),
            _ => None,
        };
        let problem = from_env(HTTPS, &lookup).unwrap_err();
        assert!(problem.contains(odd) && !problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn an_unusable_proxy_prevents_the_client() {
    const PROXY: &str = "socks://127.0.0.1:1080";
    if std::env::var_os("ALL_PROXY").is_none_or(|proxy| proxy != PROXY) {
        let vars =
            [("ALL_PROXY", PROXY), ("HTTPS_PROXY", ""), ("https_proxy", ""), ("http_proxy", ""), ("HTTP_PROXY", "")];
        return run_with("proxies::an_unusable_proxy_prevents_the_client", &vars);
    }
    let builder = || Client::builder().api_key("k1").application_key("k2");
    for builder in [builder(), builder().base_url("http://example.com").allow_insecure_http()] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("ALL_PROXY names a proxy that cannot be used: socks://"), "{error}");
    }
    // Calls to this machine use no proxy; and the caller's proxy overrides the environment's.
    builder().base_url("http://127.0.0.1:1").build().unwrap();
    let own = |proxy: Result<reqwest::Proxy, reqwest::Error>| builder().reqwest(|http| http.proxy(proxy.unwrap()));
    for builder in [own(reqwest::Proxy::all("http://proxy:3128")), builder().reqwest(|http| http.no_proxy())] {
        // The system may have no certificates.
        if let Err(error) = builder.build() {
            assert!(error.to_string().contains("CA certificates"), "{error}");
        }
    }
}
