//! The three shapes of the wire, each declared once: records, open enums and ids.
//!
//! One declaration gives the Rust type, its serde form (feature `serde`), its schema (feature `openapi`) and the lean
//! [`FromJson`](crate::FromJson)/[`ToJson`](crate::ToJson) form that the WASM bundle uses. A test holds the two forms
//! together.

/// Declares an object of the wire: a struct whose every field stands under its own name, or under `as "name"`.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident $(as $wire:literal)? : $type:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name {
            $(
                $(#[$field_meta])*
                $( #[cfg_attr(feature = "serde", serde(rename = $wire))] )?
                $( #[cfg_attr(feature = "openapi", schema(rename = $wire))] )?
                pub $field: $type,
            )*
        }

        impl $crate::FromJson for $name {
            fn read(place: &$crate::Place) -> Self {
                place.expect_object();
                Self { $( $field: place.field(wire_name!($field $(as $wire)?)), )* }
            }
        }

        impl $crate::ToJson for $name {
            fn to_json(&self) -> $crate::Json {
                $crate::Json::Object(vec![
                    $( (wire_name!($field $(as $wire)?).to_owned(), $crate::ToJson::to_json(&self.$field)), )*
                ])
            }
        }
    };
}

/// The name under which a field of a [`record!`] travels.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident as $wire:literal) => {
        $wire
    };
}

/// Declares an enum of the wire that keeps values it does not know.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $wire:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(from = "String", into = "String"))]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
            /// A value that this version does not know; kept as it came, and written back unchanged.
            Other(String),
        }

        impl $name {
            /// The values that this version knows, in the contract's order.
            pub const KNOWN: &'static [Self] = &[ $( Self::$variant ),* ];

            /// The value as it travels.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $wire, )*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                match value.as_str() {
                    $( $wire => Self::$variant, )*
                    _ => Self::Other(value),
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::from(value.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl $crate::FromJson for $name {
            fn read(place: &$crate::Place) -> Self {
                Self::from(String::read(place))
            }
        }

        impl $crate::ToJson for $name {
            fn to_json(&self) -> $crate::Json {
                $crate::Json::String(self.as_str().to_owned())
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::openapi::open_enum(&[ $( $wire ),* ])
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

/// Declares an opaque id: text that only its issuer reads.
macro_rules! id {
    ( $( $(#[$meta:meta])* $name:ident ),* $(,)? ) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "String", into = "String"))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9._~-]+$"))]
        pub struct $name(String);

        impl $name {
            /// The id as it travels.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ids::InvalidId;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                $crate::ids::check(raw).map(|()| Self(raw.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::ids::InvalidId;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                $crate::ids::check(&raw).map(|()| Self(raw))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $crate::FromJson for $name {
            fn read(place: &$crate::Place) -> Self {
                Self($crate::ids::read(place))
            }
        }

        impl $crate::ToJson for $name {
            fn to_json(&self) -> $crate::Json {
                $crate::Json::String(self.0.clone())
            }
        }
    )* };
}
