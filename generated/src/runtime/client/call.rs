//! The methods of every call: its settings, and the ways to send it.

/// Implements a call for a struct with the fields `client` and `adjustments` and a method `request`:
///
/// ```text
/// call! {
///     GetThing {
///         begun_by: get_thing,
///         answer: models::ThingResponse,
///     }
/// }
/// ```
///
/// `begun_by` is the method of the client, whose documentation lists the errors. The response of a call whose success
/// has no body is `()`. If it has numbers or dates that are in no model, it is a `part`: `answer: part Vec<i64>`. Other
/// responses are `text`, `bytes`, and `by_status` with the enum that the status chooses from. `lines` and `events` are
/// streams of items, with the name of the function that reads one and its type: `events json models::Thing`;
/// `all_lines` and `all_events` are lists of them.
macro_rules! call {
    ($call:ident { begun_by: $method:ident, answer: (), }) => {
        $crate::runtime::client::call! { @ $call $method (), $crate::runtime::client::interpret::empty }
    };
    ($call:ident { begun_by: $method:ident, answer: part $answer:ty, }) => {
        $crate::runtime::client::call! {
            @ $call $method $answer,
            |operation, answer| {
                let answer = $crate::runtime::client::interpret::json(operation, answer)?;
                Ok(answer.map(|$crate::runtime::model::part::Read(body)| body))
            }
        }
    };
    ($call:ident { begun_by: $method:ident, answer: text, }) => {
        $crate::runtime::client::call! {
            @ $call $method ::std::string::String, $crate::runtime::client::interpret::text
        }
    };
    ($call:ident { begun_by: $method:ident, answer: bytes, }) => {
        $crate::runtime::client::call! { @ $call $method ::bytes::Bytes, $crate::runtime::client::interpret::bytes }

        /// With the asynchronous [`Client`](crate::Client).
        impl $call {
            /// Sends the call and returns the response as soon as it begins, with its body as a stream.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The stream reports errors in the body of a successful response.
            #[inline]
            pub fn send_streamed(
                self,
            ) -> $crate::runtime::client::Sending<
                $crate::runtime::client::Response<$crate::runtime::client::ByteStream>,
            > {
                self.client.send_streamed(self.request())
            }
        }

        #[cfg(feature = "blocking")]
        /// With the blocking [`Client`](crate::blocking::Client).
        impl $call<$crate::runtime::client::blocking::Blocking> {
            /// Sends the call, blocks until the response begins, and returns its body as a stream.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The stream reports errors in the body of a successful response.
            #[inline]
            pub fn send_streamed(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::Response<$crate::runtime::client::blocking::ByteStream>,
                $crate::runtime::client::Error,
            > {
                self.client.wait_streamed(self.request(), $crate::runtime::client::streams::Wanted::Stream)
            }
        }
    };
    ($call:ident { begun_by: $method:ident, answer: lines $read:ident $item:ty, }) => {
        $crate::runtime::client::call! { @ items $call $method Lines<$item>, $read, wait_for_lines }
    };
    ($call:ident { begun_by: $method:ident, answer: events $read:ident $item:ty, }) => {
        $crate::runtime::client::call! { @ items $call $method Events<$item>, $read, wait_for_events }
    };
    ($call:ident { begun_by: $method:ident, answer: all_lines $read:ident $item:ty, }) => {
        $crate::runtime::client::call! {
            @ $call $method ::std::vec::Vec<$item>,
            |operation, answer| $crate::runtime::client::streams::whole::lines(
                operation, answer, $crate::runtime::client::streams::items::$read,
            )
        }
    };
    ($call:ident { begun_by: $method:ident, answer: all_events $read:ident $item:ty, }) => {
        $crate::runtime::client::call! {
            @ $call $method ::std::vec::Vec<$crate::runtime::client::Event<$item>>,
            |operation, answer| $crate::runtime::client::streams::whole::events(
                operation, answer, $crate::runtime::client::streams::items::$read,
            )
        }
    };
    ($call:ident { begun_by: $method:ident, answer: by_status $answer:ty, }) => {
        $crate::runtime::client::call! {
            @ $call $method $answer, <$answer as $crate::runtime::client::by_status::ByStatus>::read
        }
    };
    ($call:ident { begun_by: $method:ident, answer: $answer:ty, }) => {
        $crate::runtime::client::call! { @ $call $method $answer, $crate::runtime::client::interpret::json }
    };
    (@ $call:ident $method:ident $answer:ty, $read:expr) => {
        impl<M> $call<M> {
            /// The function that reads a response.
            const READ: $crate::runtime::client::interpret::Read<$answer> = $read;
        }

        $crate::runtime::client::call! { @ header $call }

        /// With the asynchronous [`Client`](crate::Client).
        impl $call {
            /// Sends the call and returns the body of the response. `.await` on the call itself does the same.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            #[inline]
            pub fn send(self) -> $crate::runtime::client::Sending<$answer> {
                self.client.begin(self.request(), $crate::runtime::client::streams::Wanted::Whole, |operation, received| {
                    Self::READ(operation, received.answer).map($crate::runtime::client::Response::into_body)
                })
            }

            /// Sends the call and returns the response with its status, headers and rate limit.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            #[inline]
            pub fn send_with_response(
                self,
            ) -> $crate::runtime::client::Sending<$crate::runtime::client::Response<$answer>> {
                self.client.begin(self.request(), $crate::runtime::client::streams::Wanted::Whole, |operation, received| {
                    Self::READ(operation, received.answer)
                })
            }
        }

        $crate::runtime::client::call! { @ awaited $call $answer }

        #[cfg(feature = "blocking")]
        /// With the blocking [`Client`](crate::blocking::Client).
        impl $call<$crate::runtime::client::blocking::Blocking> {
            /// Sends the call, blocks, and returns the body of the response.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            #[inline]
            pub fn send(self) -> ::core::result::Result<$answer, $crate::runtime::client::Error> {
                self.send_with_response().map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call, blocks, and returns the response with its status, headers and rate limit.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            #[inline]
            pub fn send_with_response(
                self,
            ) -> ::core::result::Result<$crate::runtime::client::Response<$answer>, $crate::runtime::client::Error>
            {
                self.client.wait_and_read(self.request(), Self::READ)
            }
        }
    };
    (@ header $call:ident) => {
        impl<M> $call<M> {
            /// Adds a header to this call, as texts or in the types of the crate `http`.
            ///
            /// It replaces the client's own header of the same name. Headers of the keys, headers that frame the
            /// message, and invalid headers are rejected: such a call fails when it is sent.
            pub fn header(
                mut self,
                name: impl ::core::convert::AsRef<str>,
                value: impl ::core::convert::TryInto<::http::HeaderValue>,
            ) -> Self {
                self.adjustments.header(name.as_ref(), value.try_into().ok());
                self
            }

            /// Limits the time of each attempt of this call, in place of the client's
            /// [`timeout`](crate::ClientBuilder::timeout).
            pub fn with_timeout(mut self, limit: ::core::time::Duration) -> Self {
                self.adjustments.timeout(limit);
                self
            }

            /// Sets when this call is retried, in place of the client's [`retry`](crate::ClientBuilder::retry).
            pub fn with_retry(mut self, policy: $crate::runtime::client::RetryPolicy) -> Self {
                self.adjustments.retry(policy);
                self
            }

            /// Calls a setter if there is a value for it: `call.with_optional(name, |call, name| call.name(name))`. The
            /// path of the setter can replace the closure.
            pub fn with_optional<T>(
                self,
                value: ::core::option::Option<T>,
                setter: impl ::core::ops::FnOnce(Self, T) -> Self,
            ) -> Self {
                match value {
                    ::core::option::Option::Some(value) => setter(self, value),
                    ::core::option::Option::None => self,
                }
            }
        }
    };
    (@ awaited $call:ident $answer:ty) => {
        /// Awaiting a call sends it.
        impl ::core::future::IntoFuture for $call {
            type Output = ::core::result::Result<$answer, $crate::runtime::client::Error>;
            type IntoFuture = $crate::runtime::client::Sending<$answer>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
    (@ items $call:ident $method:ident $items:ident<$item:ty>, $read:ident, $wait:ident) => {
        $crate::runtime::client::call! { @ header $call }

        /// With the asynchronous [`Client`](crate::Client).
        impl $call {
            /// Sends the call and returns the items of the response as they arrive. `.await` on the call itself does
            /// the same.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The items report errors in the body of a successful response.
            #[inline]
            pub fn send(self) -> $crate::runtime::client::Sending<$crate::runtime::client::$items<$item>> {
                self.client.begin(self.request(), $crate::runtime::client::$items::<$item>::WANTED, |operation, received| {
                    ::core::result::Result::Ok(
                        $crate::runtime::client::$items::of(
                            received.stream(operation),
                            $crate::runtime::client::streams::items::$read,
                        )
                        .into_body(),
                    )
                })
            }

            /// Sends the call and returns the response with its status, headers and rate limit as soon as it begins,
            /// and its items as they arrive.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The items report errors in the body of a successful response.
            #[inline]
            pub fn send_with_response(
                self,
            ) -> $crate::runtime::client::Sending<
                $crate::runtime::client::Response<$crate::runtime::client::$items<$item>>,
            > {
                self.client.begin(self.request(), $crate::runtime::client::$items::<$item>::WANTED, |operation, received| {
                    ::core::result::Result::Ok($crate::runtime::client::$items::of(
                        received.stream(operation),
                        $crate::runtime::client::streams::items::$read,
                    ))
                })
            }
        }

        $crate::runtime::client::call! { @ awaited $call $crate::runtime::client::$items<$item> }

        #[cfg(feature = "blocking")]
        /// With the blocking [`Client`](crate::blocking::Client).
        impl $call<$crate::runtime::client::blocking::Blocking> {
            /// Sends the call, blocks until the response begins, and returns its items as they arrive.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The items report errors in the body of a successful response.
            #[inline]
            pub fn send(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::blocking::$items<$item>,
                $crate::runtime::client::Error,
            > {
                self.send_with_response().map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call, blocks until the response begins, and returns it with its status, headers and rate
            /// limit, and its items as they arrive.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// The items report errors in the body of a successful response.
            #[inline]
            pub fn send_with_response(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::Response<$crate::runtime::client::blocking::$items<$item>>,
                $crate::runtime::client::Error,
            > {
                self.client.$wait(self.request(), $crate::runtime::client::streams::items::$read)
            }
        }
    };
}

pub(crate) use call;
