//! The methods that follow the pages of a list.

/// Lets a call follow its pages:
///
/// ```text
/// pages! {
///     ListThings {
///         page: models::ThingListResponse,
///         item: models::ThingData,
///         number: "page[number]" = page_number or 0,
///         items: |page| Some(&mut page.data),
///         next: |page| Some(page.meta.as_ref()?.next_number),
///     }
/// }
/// ```
///
/// `number` is the query parameter, the field of the call that holds what the caller set, and the number of the first
/// page. `items` and `next` are closures over a page.
///
/// The methods are `#[inline]` so that a program compiles the lists that it reads, and the crate none.
macro_rules! pages {
    ($call:ident {
        page: $page:ty,
        item: $item:ty,
        number: $parameter:literal = $number:ident or $first:literal,
        items: $items:expr,
        next: $next:expr,
    }) => {
        impl<M> $call<'_, M> {
            fn paging(&self) -> $crate::runtime::client::Paging<$page, $item> {
                $crate::runtime::client::Paging {
                    parameter: $parameter,
                    first: self.$number.map_or($first, ::core::convert::Into::into),
                    items: $items,
                    next: $next,
                }
            }
        }

        impl $call<'_> {
            /// Gives the pages of the list, fetched one after another as they are asked for.
            ///
            /// The first is the one that the call names, else the first of the list. A short page does not end the list.
            /// A change to what is listed moves what is on the pages behind it: see [`stream`](Self::stream).
            #[inline]
            pub fn pages(self) -> $crate::runtime::client::Pages<$page> {
                $crate::runtime::client::Pages::new(self.client, self.request(), self.paging())
            }

            /// Gives the items of the list, from all its pages.
            ///
            /// The pages are fetched one after another, each when the items before it are used up. The first is the one
            /// that the call names, else the first of the list. A short page does not end the list, and an error ends
            /// the stream.
            ///
            /// Do not change what is listed while you stream it: the items on later pages move, and some are skipped or
            /// come twice. Where each item is to be changed, as when the members of a group are moved to another, collect
            /// them first: [`try_collect`](crate::Items::try_collect).
            #[inline]
            pub fn stream(self) -> $crate::runtime::client::Items<$item> {
                $crate::runtime::client::Items::new(self.client, self.request(), self.paging())
            }
        }

        #[cfg(feature = "blocking")]
        impl $call<'_, $crate::runtime::client::blocking::Blocking> {
            /// Gives the pages of the list, fetched one after another as they are asked for.
            ///
            /// The first is the one that the call names, else the first of the list. A short page does not end the list.
            /// A change to what is listed moves what is on the pages behind it: see [`stream`](Self::stream).
            #[inline]
            pub fn pages(self) -> $crate::runtime::client::blocking::Pages<$page> {
                $crate::runtime::client::blocking::Pages::new(self.client, self.request(), self.paging())
            }

            /// Gives the items of the list, from all its pages.
            ///
            /// The pages are fetched one after another, each when the items before it are used up. The first is the one
            /// that the call names, else the first of the list. A short page does not end the list, and an error ends
            /// the iterator.
            ///
            /// Do not change what is listed while you iterate: the items on later pages move, and some are skipped or
            /// come twice. Where each item is to be changed, as when the members of a group are moved to another,
            /// collect them first: `let items = call.stream().collect::<Result<Vec<_>, _>>()?`.
            #[inline]
            pub fn stream(self) -> $crate::runtime::client::blocking::Items<$item> {
                $crate::runtime::client::blocking::Items::new(self.client, self.request(), self.paging())
            }
        }
    };
}

pub(crate) use pages;
