//! The judges, which are programs in Python.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tests::workspace_root;

/// A server that responds with the examples of the description, or with 500 and the findings.
pub(crate) struct AnswerServer {
    process: Child,
    port: u16,
}

impl AnswerServer {
    pub(crate) fn start() -> Self {
        let mut process = python("responses.py").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("the server's first line");
        let port = line.trim().parse().unwrap_or_else(|_| panic!("the server did not start: {line:?}"));
        Self { process, port }
    }

    /// The base URL at which each call gets one status.
    pub(crate) fn url(&self, status: u16) -> String {
        format!("http://127.0.0.1:{}/{status}", self.port)
    }
}

/// It ends with its standard input; after waiting for that, no process is left.
impl Drop for AnswerServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Has values checked, one per line with its schema and whether it should be valid.
pub(crate) fn judge_values(cases: &[Value]) {
    let mut process = python("values.py").stdin(Stdio::piped()).spawn().expect("Python");
    let mut stdin = process.stdin.take().expect("it is piped");
    for case in cases {
        writeln!(stdin, "{case}").expect("the judge listens");
    }
    drop(stdin);
    let status = process.wait().expect("the judge ends");
    assert!(status.success(), "the judge found values that are not what they should be");
}

fn python(script: &str) -> Command {
    let python = env::var_os("VALIDATORS_PYTHON").expect("VALIDATORS_PYTHON, which tests/validators/run sets");
    let root = workspace_root();
    let mut command = Command::new(python);
    command.arg(root.join("tests/validators/judge").join(script)).arg(root.join("spec/org_groups.yaml"));
    command
}
