//! The targets of links in the documentation without the feature `client`: models link to the operations that use them.

/// Declares a type of the client, with its methods, for rustdoc alone. Servers are constants.
macro_rules! link_targets {
    (Server { $($server:ident,)* }) => {
        crate::runtime::link_targets! { @type Server { $(pub const $server: () = ();)* } }
    };
    (@type $ty:ident { $($member:item)* }) => {
        /// A part of the client. It needs the feature `client`.
        #[cfg(all(doc, not(feature = "client")))]
        pub struct $ty;

        #[cfg(all(doc, not(feature = "client")))]
        impl $ty {
            $(
                /// It needs the feature `client`.
                $member
            )*
        }
    };
    ($ty:ident { $($method:ident,)* }) => {
        crate::runtime::link_targets! { @type $ty { $(pub fn $method() {})* } }
    };
}

pub(crate) use link_targets;
