//! The methods that follow the pages of a list.

/// Lets a call follow its pages:
///
/// ```text
/// pages! {
///     ListThings {
///         page: models::ThingListResponse,
///         item: models::ThingData,
///         number: "page[number]" = page_number or 0,
///         largest: query "page[size]" = 1000 or page_size,
///         items: |page| Some(&mut page.data),
///         next: |page| Some(page.meta.as_ref()?.next_number),
///     }
/// }
/// ```
///
/// The rows between `item` and `items` define how pages are requested; those after `items` define how a page names the
/// next one:
///
/// | row | position of a page | `next` |
/// |---|---|---|
/// | `number: "page" = page or 0` | its number, in this query parameter. The call's field has the first number, if the caller set it; the default is this number | `Option<Nullable<i64>>`, or nothing |
/// | `offset: "offset" = offset or 0` | the number of items before it, in the same way | nothing |
/// | `cursor: query "cursor"` | the cursor from the previous page, in this query parameter | a reference to the cursor |
/// | `cursor: body ["page", "cursor"]` | the same, in a field of the JSON body | the same |
///
/// `items` and `next` take a page, and may return by `?`. `largest` is optional: the query parameter (`query "size"`) or
/// the field of the body (`body ["page", "size"]`) for the size of a page, the largest size, and the setter, if there is one.
/// A stream over all items requests that size, unless the caller sets another.
///
/// The methods are `#[inline]` so that a program compiles only the lists that it reads, and the crate none.
macro_rules! pages {
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        number: $parameter:literal = $number:ident or $first:literal,
        $(largest: $size_in:ident $size:tt = $most:literal $(or $setter:ident)?,)?
        items: |$items_of:ident| $items:expr,
        next: |$next_of:ident| $next:expr,
    }) => {
        impl<M> $call<M> {
            fn paging(&self) -> $crate::runtime::client::pages::Paging<$page, $item> {
                use $crate::runtime::client::pages::{Course, Next, Paging, Place, Position};
                let start = Position::Page(self.$number.map_or($first, $crate::runtime::client::pages::start));
                Paging {
                    course: Course { place: Place::Query($parameter), start },
                    largest: $crate::runtime::client::pages! { @ largest $($size_in $size = $most)? },
                    read: Self::READ,
                    items: |$items_of| $items,
                    next: |page| {
                        let number = |$next_of: &$page| $next;
                        Next::number(number(page))
                    },
                }
            }
        }

        $crate::runtime::client::pages! { @ methods $call $page, $item $(, $most $(or $setter)?)? }
    };
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        number: $parameter:literal = $number:ident or $first:literal,
        $(largest: $size_in:ident $size:tt = $most:literal $(or $setter:ident)?,)?
        items: |$items_of:ident| $items:expr,
    }) => {
        impl<M> $call<M> {
            fn paging(&self) -> $crate::runtime::client::pages::Paging<$page, $item> {
                use $crate::runtime::client::pages::{Course, Next, Paging, Place, Position};
                let start = Position::Page(self.$number.map_or($first, $crate::runtime::client::pages::start));
                Paging {
                    course: Course { place: Place::Query($parameter), start },
                    largest: $crate::runtime::client::pages! { @ largest $($size_in $size = $most)? },
                    read: Self::READ,
                    items: |$items_of| $items,
                    next: |_| Next::Unsaid,
                }
            }
        }

        $crate::runtime::client::pages! { @ methods $call $page, $item $(, $most $(or $setter)?)? }
    };
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        offset: $parameter:literal = $offset:ident or $first:literal,
        $(largest: $size_in:ident $size:tt = $most:literal $(or $setter:ident)?,)?
        items: |$items_of:ident| $items:expr,
    }) => {
        impl<M> $call<M> {
            fn paging(&self) -> $crate::runtime::client::pages::Paging<$page, $item> {
                use $crate::runtime::client::pages::{Course, Next, Paging, Place, Position};
                let start = Position::Offset(self.$offset.map_or($first, $crate::runtime::client::pages::start));
                Paging {
                    course: Course { place: Place::Query($parameter), start },
                    largest: $crate::runtime::client::pages! { @ largest $($size_in $size = $most)? },
                    read: Self::READ,
                    items: |$items_of| $items,
                    next: |_| Next::Unsaid,
                }
            }
        }

        $crate::runtime::client::pages! { @ methods $call $page, $item $(, $most $(or $setter)?)? }
    };
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        cursor: query $parameter:literal,
        $(largest: $size_in:ident $size:tt = $most:literal $(or $setter:ident)?,)?
        items: |$items_of:ident| $items:expr,
        next: |$next_of:ident| $next:expr,
    }) => {
        $crate::runtime::client::pages! {
            @ cursor $call $page, $item, Place::Query($parameter), |$items_of| $items, |$next_of| $next
                $(, $size_in $size = $most $(or $setter)?)?
        }
    };
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        cursor: body [$($field:literal),+],
        $(largest: $size_in:ident $size:tt = $most:literal $(or $setter:ident)?,)?
        items: |$items_of:ident| $items:expr,
        next: |$next_of:ident| $next:expr,
    }) => {
        $crate::runtime::client::pages! {
            @ cursor $call $page, $item, Place::Body(&[$($field),+]), |$items_of| $items, |$next_of| $next
                $(, $size_in $size = $most $(or $setter)?)?
        }
    };
    (@ cursor $call:ident $page:ty, $item:ty, Place::$place:ident($parameter:expr),
        |$items_of:ident| $items:expr, |$next_of:ident| $next:expr
        $(, $size_in:ident $size:tt = $most:literal $(or $setter:ident)?)?) => {
        impl<M> $call<M> {
            fn paging(&self) -> $crate::runtime::client::pages::Paging<$page, $item> {
                use $crate::runtime::client::pages::{Course, Next, Paging, Place, Position};
                Paging {
                    course: Course { place: Place::$place($parameter), start: Position::Cursor(None) },
                    largest: $crate::runtime::client::pages! { @ largest $($size_in $size = $most)? },
                    read: Self::READ,
                    items: |$items_of| $items,
                    next: |page| {
                        let cursor = |$next_of: &$page| Some(Next::cursor($next));
                        cursor(page).unwrap_or(Next::None)
                    },
                }
            }
        }

        $crate::runtime::client::pages! { @ methods $call $page, $item $(, $most $(or $setter)?)? }
    };
    (@ largest) => { None };
    (@ largest query $parameter:literal = $most:literal) => {
        Some($crate::runtime::client::pages::Largest { place: Place::Query($parameter), most: $most })
    };
    (@ largest body [$($field:literal),+] = $most:literal) => {
        Some($crate::runtime::client::pages::Largest { place: Place::Body(&[$($field),+]), most: $most })
    };
    (@ size) => { "size in its body" };
    (@ size $setter:ident) => { concat!("[`", stringify!($setter), "`](Self::", stringify!($setter), ")") };
    (@ methods $call:ident $page:ty, $item:ty $(, $most:literal $(or $setter:ident)?)?) => {
        /// With the asynchronous [`Client`](crate::Client).
        impl $call {
            /// Returns the pages of the list, fetched one after another on demand.
            ///
            /// The first page is the one that the call sets, or else the first of the list. A short page does not end
            /// the list. A change to the listed items shifts later pages: see [`stream`](Self::stream).
            #[inline]
            pub fn pages(self) -> $crate::runtime::client::Pages<$page> {
                let (request, paging) = (self.request(), self.paging());
                $crate::runtime::client::Pages::new(self.client, request, paging)
            }

            /// Returns the items of the list, from all its pages.
            ///
            /// The pages are fetched one after another, each when the previous items are used up. The first page is the
            /// one that the call sets, or else the first of the list. A short page does not end the list, and an error
            /// ends the stream.
            ///
            /// Do not change the listed items while you stream them: the items on later pages move, and some are
            /// skipped or returned twice. To change each item, for example to move the members of a group to another,
            /// collect them first: [`try_collect`](crate::Items::try_collect).
            $(
                #[doc = ""]
                #[doc = concat!(
                    "Requests pages of ", $most, " items, unless the call has another ",
                    $crate::runtime::client::pages! { @ size $($setter)? }, ".",
                )]
            )?
            #[inline]
            pub fn stream(self) -> $crate::runtime::client::Items<$item> {
                let (request, paging) = (self.request(), self.paging());
                $crate::runtime::client::Items::new(self.client, request, paging)
            }
        }

        #[cfg(feature = "blocking")]
        /// With the blocking [`Client`](crate::blocking::Client).
        impl $call<$crate::runtime::client::blocking::Blocking> {
            /// Returns the pages of the list, fetched one after another on demand.
            ///
            /// The first page is the one that the call sets, or else the first of the list. A short page does not end
            /// the list. A change to the listed items shifts later pages: see [`stream`](Self::stream).
            #[inline]
            pub fn pages(self) -> $crate::runtime::client::blocking::Pages<$page> {
                let (request, paging) = (self.request(), self.paging());
                $crate::runtime::client::blocking::Pages::new(self.client, request, paging)
            }

            /// Returns the items of the list, from all its pages.
            ///
            /// The pages are fetched one after another, each when the previous items are used up. The first page is the
            /// one that the call sets, or else the first of the list. A short page does not end the list, and an error
            /// ends the iterator.
            ///
            /// Do not change the listed items while you iterate: the items on later pages move, and some are skipped or
            /// returned twice. To change each item, for example to move the members of a group to another, collect them
            /// first: `let items = call.stream().collect::<Result<Vec<_>, _>>()?`.
            $(
                #[doc = ""]
                #[doc = concat!(
                    "Requests pages of ", $most, " items, unless the call has another ",
                    $crate::runtime::client::pages! { @ size $($setter)? }, ".",
                )]
            )?
            #[inline]
            pub fn stream(self) -> $crate::runtime::client::blocking::Items<$item> {
                let (request, paging) = (self.request(), self.paging());
                $crate::runtime::client::blocking::Items::new(self.client, request, paging)
            }
        }
    };
}

pub(crate) use pages;
