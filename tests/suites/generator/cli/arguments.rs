//! The arguments of the command line.

use std::ffi::OsString;

use generator::cli;

fn usage_error(arguments: &[&str]) -> String {
    cli::parse(arguments.iter().map(OsString::from)).unwrap_err().to_string()
}

#[test]
fn options_are_read_in_every_form() {
    let parse = |arguments: &[&str]| cli::parse(arguments.iter().map(OsString::from)).unwrap();
    let args = |spec: Option<&str>, out: Option<&str>, check| {
        cli::Request::Run(Box::new(cli::Args {
            spec: spec.map(Into::into),
            out: out.map(Into::into),
            check,
            ..Default::default()
        }))
    };
    assert_eq!(parse(&[]), args(None, None, false));
    assert_eq!(parse(&["--spec", "a b", "--out", "-", "--check"]), args(Some("a b"), Some("-"), true));
    assert_eq!(parse(&["--check", "--spec=a=b", "--out=--c"]), args(Some("a=b"), Some("--c"), true));
    let dump = cli::Args { dump_api: true, spec: Some("a".into()), ..cli::Args::default() };
    assert_eq!(parse(&["--dump-api", "--spec", "a"]), cli::Request::Run(Box::new(dump)));
    assert_eq!(parse(&["--check", "--help"]), cli::Request::Help);
    assert_eq!(parse(&["-h"]), cli::Request::Help);
    let against = cli::Args { against: Some("old".into()), markdown: true, ..Default::default() };
    assert_eq!(parse(&["--markdown", "--against=old"]), cli::Request::Run(Box::new(against)));
}

#[test]
fn wrong_arguments_are_explained() {
    assert_eq!(usage_error(&["--chekc"]), "unknown argument `--chekc`: did you mean `--check`?");
    assert_eq!(usage_error(&["check"]), "unknown argument `check`: did you mean `--check`?");
    assert_eq!(usage_error(&["--output=x"]), "unknown argument `--output=x`: did you mean `--out`?");
    assert_eq!(usage_error(&["--force"]), "unknown argument `--force`");
    assert_eq!(usage_error(&["--"]), "unknown argument `--`");
    assert_eq!(usage_error(&[""]), "unknown argument ``");
    assert_eq!(usage_error(&["--spec"]), "`--spec` needs a FILE");
    assert_eq!(usage_error(&["--out", "--check"]), "`--out` needs a DIR");
    assert_eq!(usage_error(&["--out="]), "`--out` needs a DIR");
    assert_eq!(usage_error(&["--check=yes"]), "`--check` takes no value");
    assert_eq!(usage_error(&["--spec", "a", "--spec=b"]), "`--spec` is given twice");
    for (arguments, name) in [
        (&["--dump-api", "--check"][..], "--check"),
        (&["--dump-api", "--deny-warnings"], "--deny-warnings"),
        (&["--out", "a", "--dump-api"], "--out"),
    ] {
        let expected = format!("`{name}` cannot be combined with `--dump-api`, which reads no crate");
        assert_eq!(usage_error(arguments), expected);
    }
    assert_eq!(usage_error(&["--check", "--check"]), "`--check` is given twice");
    assert_eq!(usage_error(&["--deny-warnings", "--deny-warnings"]), "`--deny-warnings` is given twice");
    assert_eq!(usage_error(&["--deny"]), "unknown argument `--deny`: did you mean `--deny-warnings`?");
    assert_eq!(usage_error(&["--against", "a", "--against=b"]), "`--against` is given twice");
    assert_eq!(usage_error(&["--against"]), "`--against` needs a FILE");
    assert_eq!(usage_error(&["--markdown"]), "`--markdown` needs `--against` or `--drift`");
    assert_eq!(usage_error(&["--intended", "a"]), "`--intended` needs `--drift`");
    assert_eq!(
        usage_error(&["--drift", "a", "--against", "b"]),
        "`--drift` cannot be combined with `--against`: run them one by one"
    );
    assert_eq!(
        usage_error(&["--record", "--out", "a"]),
        "`--out` cannot be combined with `--record`, which reads no crate"
    );
    let alone = "cannot be combined with `--against`, which reads no crate";
    assert_eq!(usage_error(&["--against", "a", "--check"]), format!("`--check` {alone}"));
    assert_eq!(usage_error(&["--against", "a", "--out", "b"]), format!("`--out` {alone}"));
    assert_eq!(usage_error(&["--against", "a", "--deny-warnings"]), format!("`--deny-warnings` {alone}"));
    let both = "`--dump-api` cannot be combined with `--against`: run them one by one";
    assert_eq!(usage_error(&["--against", "a", "--dump-api"]), both);
}

#[cfg(unix)]
#[test]
fn a_path_need_not_be_utf8() {
    use std::os::unix::ffi::OsStringExt as _;

    let path = OsString::from_vec(b"a\xff".to_vec());
    let cli::Request::Run(args) = cli::parse(["--out".into(), path.clone()]).unwrap() else { panic!("not a run") };
    assert_eq!(args.out.unwrap(), path);
    let error = cli::parse([OsString::from_vec(b"--out=a\xff".to_vec())]).unwrap_err();
    assert_eq!(error.to_string(), "the value of `--out` is not UTF-8: replace the `=` by a space");
}
