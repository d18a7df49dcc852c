//! Every model by the name of its schema.

use std::future::Future as _;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use datadog_org_groups::bytes::Bytes;
use datadog_org_groups::http::{self, Method};
use datadog_org_groups::models::*;
use datadog_org_groups::{BoxFuture, Client, Error, Limits, Operation, Request, Transport, TransportError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the body of a response into a model, and writes it back as JSON.
pub type Through = fn(&Client) -> Result<Value, Error>;

/// Calls whose responses have a body that the test sets.
pub struct Models {
    body: Arc<Mutex<Bytes>>,
    client: Client,
}

struct Given(Arc<Mutex<Bytes>>);

impl Transport for Given {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let body = self.0.lock().expect("nothing panics with it").clone();
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

impl Default for Models {
    fn default() -> Self {
        let body = Arc::default();
        let builder = Client::builder().api_key("a").application_key("b").transport(Given(Arc::clone(&body)));
        Self { body, client: builder.build().expect("a client") }
    }
}

impl Models {
    /// Sends JSON through the model of a schema, as the body of a response.
    ///
    /// # Errors
    /// Those of the client.
    ///
    /// # Panics
    /// If the schema has no model here.
    pub fn through(&self, schema: &str, json: &Value) -> Result<Value, Error> {
        let (_, through) = MODELS.iter().find(|(name, _)| *name == schema).unwrap_or_else(|| panic!("no {schema}"));
        *self.body.lock().expect("nothing panics with it") = Bytes::from(json.to_string());
        through(&self.client)
    }
}

fn through<T: DeserializeOwned + Serialize>(client: &Client) -> Result<Value, Error> {
    static ANY: Operation = Operation::new("Any", Method::GET, "/any", true);
    let call = pin!(client.send::<T>(Request::new(&ANY)));
    let Poll::Ready(outcome) = call.poll(&mut Context::from_waker(Waker::noop())) else { panic!("nothing waits") };
    Ok(serde_json::to_value(outcome?.into_body()).expect("a model can be written"))
}

macro_rules! models {
    ($($schema:literal: $model:ty,)*) => {
        /// The name of each schema, with its model.
        pub const MODELS: &[(&str, Through)] = &[$(($schema, through::<$model>)),*];
    };
}

include!(concat!(env!("OUT_DIR"), "/models.rs"));
