//! What every call has, whatever it calls: a header of the caller's, and two ways to be sent.

/// Makes a call out of a struct with the fields `client` and `headers` and a method `request`:
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
/// `begun_by` is the method of the client, whose documentation lists the errors. The answer of a call whose success has
/// no body is `()`. If it has numbers or dates that are in no model, it is a `part`: `answer: part Vec<i64>`. Other answers
/// are `text`, `bytes`, and `by_status` with the enum that the status chooses from. `lines` and `events` are streams of items,
/// with the name of the function that reads one and its type: `events json models::Thing`; `all_lines` and `all_events` are
/// lists of them.
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

        impl $call<'_> {
            /// Sends the call and gives the answer as soon as it begins, with its body as a stream.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the stream says.
            pub async fn send_streamed(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::Response<$crate::runtime::client::ByteStream>,
                $crate::runtime::client::Error,
            > {
                self.client.send_streamed(self.request()).await
            }
        }

        #[cfg(feature = "blocking")]
        impl $call<'_, $crate::runtime::client::blocking::Blocking> {
            /// Sends the call, waits until the answer begins, and gives its body as a stream.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the stream says.
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
        $crate::runtime::client::call! { @ items $call $method Lines<$item>, $read, send_for_lines, wait_for_lines }
    };
    ($call:ident { begun_by: $method:ident, answer: events $read:ident $item:ty, }) => {
        $crate::runtime::client::call! { @ items $call $method Events<$item>, $read, send_for_events, wait_for_events }
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
        impl<M> $call<'_, M> {
            /// How an answer is read.
            const READ: $crate::runtime::client::interpret::Read<$answer> = $read;
        }

        $crate::runtime::client::call! { @ header $call }

        impl $call<'_> {
            /// Sends the call and gives the body of the answer.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            pub async fn send(self) -> ::core::result::Result<$answer, $crate::runtime::client::Error> {
                self.send_with_response().await.map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call and gives the answer with its status, headers and rate limit.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            pub async fn send_with_response(
                self,
            ) -> ::core::result::Result<$crate::runtime::client::Response<$answer>, $crate::runtime::client::Error>
            {
                self.client.send_and_read(self.request(), Self::READ).await
            }
        }

        #[cfg(feature = "blocking")]
        impl $call<'_, $crate::runtime::client::blocking::Blocking> {
            /// Sends the call, waits, and gives the body of the answer.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            #[inline]
            pub fn send(self) -> ::core::result::Result<$answer, $crate::runtime::client::Error> {
                self.send_with_response().map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call, waits, and gives the answer with its status, headers and rate limit.
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
        impl<M> $call<'_, M> {
            /// Adds a header to this call.
            ///
            /// The headers of the keys and those that frame the message cannot be given: such a call fails when it is
            /// sent.
            pub fn header(mut self, name: ::http::HeaderName, value: ::http::HeaderValue) -> Self {
                self.headers.append(name, value);
                self
            }
        }
    };
    (@ items $call:ident $method:ident $items:ident<$item:ty>, $read:ident, $send:ident, $wait:ident) => {
        $crate::runtime::client::call! { @ header $call }

        impl $call<'_> {
            /// Sends the call and gives the items of the answer, as they come.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the items say.
            pub async fn send(
                self,
            ) -> ::core::result::Result<$crate::runtime::client::$items<$item>, $crate::runtime::client::Error> {
                self.send_with_response().await.map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call and gives the answer with its status, headers and rate limit as soon as it begins, and its
            /// items as they come.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the items say.
            pub async fn send_with_response(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::Response<$crate::runtime::client::$items<$item>>,
                $crate::runtime::client::Error,
            > {
                self.client.$send(self.request(), $crate::runtime::client::streams::items::$read).await
            }
        }

        #[cfg(feature = "blocking")]
        impl $call<'_, $crate::runtime::client::blocking::Blocking> {
            /// Sends the call, waits until the answer begins, and gives its items as they come.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the items say.
            #[inline]
            pub fn send(
                self,
            ) -> ::core::result::Result<
                $crate::runtime::client::blocking::$items<$item>,
                $crate::runtime::client::Error,
            > {
                self.send_with_response().map($crate::runtime::client::Response::into_body)
            }

            /// Sends the call, waits until the answer begins, and gives it with its status, headers and rate limit, and its
            /// items as they come.
            ///
            /// # Errors
            ///
            #[doc = concat!("See [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            /// What befalls the body of a success, the items say.
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
