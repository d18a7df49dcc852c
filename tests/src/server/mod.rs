//! An HTTP/1.1 server on loopback that sends scripted responses and records the requests.
//!
//! It uses plain sockets, so that a test sees the bytes that were sent (the path as it was encoded, headers in their
//! order, the body) and can send invalid responses.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

mod message;

pub use message::{Answer, Request};

/// The maximum lifetime of a server, and the maximum wait on an idle connection.
const LIFETIME: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(10);

/// The maximum number of requests to a server with a function.
const MOST_REQUESTS: usize = 100_000;

/// A running server. It stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// The source of responses: a script, or a function.
enum Answers {
    Script(VecDeque<Answer>),
    Function(Arc<dyn Fn(&Request) -> Answer + Send + Sync>),
}

/// The state that the threads of a server share.
struct Shared {
    state: Mutex<State>,
    /// Wakes the threads that wait for a change of the state.
    changed: Condvar,
}

struct State {
    answers: Answers,
    requests: Vec<Request>,
    /// Mistakes on the server's side, such as a request beyond the script.
    faults: Vec<String>,
    connections: Vec<TcpStream>,
    stopped: bool,
}

impl Server {
    /// Starts a server that sends these responses in the order in which requests arrive, each once.
    pub fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with(Answers::Script(answers.into_iter().collect()))
    }

    /// Starts a server that calls a function for each response.
    pub fn answering(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::with(Answers::Function(Arc::new(answer)))
    }

    fn with(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        let address = listener.local_addr().expect("the port's number");
        let state =
            State { answers, requests: Vec::new(), faults: Vec::new(), connections: Vec::new(), stopped: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let thread = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        // Ends a server that its test forgot, or whose test hangs.
        thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                if shared.pause(LIFETIME) {
                    shared.lock().faults.push(format!("still running after {LIFETIME:?}"));
                    shared.stop(address);
                }
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// Its URL: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().requests.clone()
    }

    /// Waits until this many requests have arrived, and returns all of them.
    ///
    /// # Panics
    /// If they do not arrive within ten seconds.
    pub fn wait_for(&self, number: usize) -> Vec<Request> {
        let state = self.shared.lock();
        let waited = self.shared.changed.wait_timeout_while(state, PATIENCE, |state| state.requests.len() < number);
        let (state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "{} of {number} requests after {PATIENCE:?}", state.requests.len());
        state.requests.clone()
    }

    /// Stops the server and returns the requests.
    ///
    /// # Panics
    /// If responses of the script are left, a request had none, or one was not HTTP.
    pub fn finish(mut self) -> Vec<Request> {
        self.stop();
        let mut state = self.shared.lock();
        assert!(state.faults.is_empty(), "the server had {:#?}", state.faults);
        if let Answers::Script(left) = &state.answers {
            assert!(left.is_empty(), "{} responses of the script were not requested", left.len());
        }
        std::mem::take(&mut state.requests)
    }

    fn stop(&mut self) {
        self.shared.stop(self.address);
        if let Some(thread) = self.thread.take() {
            // Mistakes of the thread are in `faults`.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("requests", &self.lock().requests).finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes all connections and wakes the accepting thread, so that it ends.
    fn stop(&self, address: SocketAddr) {
        let mut state = self.lock();
        state.stopped = true;
        for connection in state.connections.drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
        drop(state);
        self.changed.notify_all();
        let _ = TcpStream::connect_timeout(&address, PATIENCE);
    }

    /// Waits for a while; returns whether the server still runs.
    fn pause(&self, time: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.lock(), time, |state| !state.stopped);
        !waited.unwrap_or_else(PoisonError::into_inner).0.stopped
    }

    /// Records a request and returns its response.
    fn answer(&self, request: Request) -> Answer {
        let mut state = self.lock();
        state.requests.push(request.clone());
        self.changed.notify_all();
        let function = match &mut state.answers {
            Answers::Script(answers) => {
                if let Some(answer) = answers.pop_front() {
                    return answer;
                }
                None
            }
            Answers::Function(function) => Some(Arc::clone(function)).filter(|_| state.requests.len() <= MOST_REQUESTS),
        };
        match function {
            Some(function) => {
                drop(state);
                function(&request)
            }
            None => {
                state.faults.push(format!("no answer left for {} {}", request.method, request.target()));
                Answer::new(599).text("no answer left")
            }
        }
    }
}

/// Accepts connections until the server is stopped, each in a separate thread.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut threads = Vec::new();
    for stream in listener.incoming() {
        let mut state = shared.lock();
        if state.stopped {
            break;
        }
        match stream.and_then(|stream| Ok((stream.try_clone()?, stream))) {
            Ok((clone, stream)) => {
                state.connections.push(clone);
                let shared = Arc::clone(shared);
                threads.push(thread::spawn(move || serve(&Closing(stream), &shared)));
            }
            Err(error) => state.faults.push(format!("cannot take a connection: {error}")),
        }
    }
    for thread in threads {
        let fault = match thread.join() {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => format!("a connection that broke: {error}"),
            Err(_) => "an answering function that panicked".to_owned(),
        };
        shared.lock().faults.push(fault);
    }
}

/// A connection that is closed when dropped, although the server keeps a second handle of it.
struct Closing(TcpStream);

impl Drop for Closing {
    fn drop(&mut self) {
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// Responds to the requests on one connection until either side closes it.
fn serve(connection: &Closing, shared: &Shared) -> io::Result<()> {
    let mut stream = &connection.0;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    // Between two requests a client may disconnect or become idle: both end the connection, and neither is a fault.
    while reader.fill_buf().is_ok_and(|bytes| !bytes.is_empty()) {
        let request = Request::read(&mut reader)?;
        let is_last = request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let method = request.method.clone();
        let answer = shared.answer(request);
        // A client that disconnects during a response is not a fault either: tests of cancelling do that.
        if !shared.pause(answer.delay) || stream.write_all(&answer.to_bytes(&method)).is_err() {
            break;
        }
        if is_last || answer.closes {
            break;
        }
    }
    Ok(())
}
