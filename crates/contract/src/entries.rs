//! An object of the wire whose member names are data (topics, channels) and not the contract's.

use crate::{FromJson, Json, Place, ToJson};

/// The members of such an object, in the order in which they came.
///
/// Two are equal when they hold the same under the same names, in whatever order: JSON gives the order no meaning, and a
/// browser moves names that are whole numbers to the front. Where an order is shown, the catalogue gives it.
#[derive(Clone, Debug)]
pub struct Entries<K, V>(Vec<(K, V)>);

impl<K: PartialEq, V> Entries<K, V> {
    /// What stands under `key`.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    /// What stands under `key`, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0
            .iter_mut()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    /// Puts `value` under `key`, in the place of what stood there, and gives that back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        if let Some(held) = self.get_mut(&key) {
            return Some(std::mem::replace(held, value));
        }
        self.0.push((key, value));
        None
    }

    /// Takes out what stands under `key`.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(place).1)
    }
}

impl<K, V> Entries<K, V> {
    /// An object without members.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The members, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// The members, in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Entries<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

/// A name that comes twice keeps its first place and its last value, as `JSON.parse` has it.
impl<K: PartialEq, V> FromIterator<(K, V)> for Entries<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut entries = Self::new();
        for (key, value) in members {
            entries.insert(key, value);
        }
        entries
    }
}

impl<K, V> IntoIterator for Entries<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Entries<K, V> {
    type Item = &'a (K, V);
    type IntoIter = std::slice::Iter<'a, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<K: FromJson + PartialEq, V: FromJson> FromJson for Entries<K, V> {
    fn read(place: &Place) -> Self {
        let member = |(name, value): &(String, Json)| {
            let key = Json::String(name.clone());
            (
                K::read(&place.named(&key, name)),
                V::read(&place.named(value, name)),
            )
        };
        place.members().iter().map(member).collect()
    }
}

impl<K: ToJson, V: ToJson> ToJson for Entries<K, V> {
    fn to_json(&self) -> Json {
        let member = |(key, value): &(K, V)| match key.to_json() {
            Json::String(name) => Some((name, value.to_json())),
            _ => None,
        };
        // Ids and open enums, of which names are made, are texts.
        Json::Object(self.0.iter().filter_map(member).collect())
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use super::Entries;
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
    use serde::ser::{Serialize, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    impl<K: Serialize, V: Serialize> Serialize for Entries<K, V> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.iter().map(|(key, value)| (key, value)))
        }
    }

    /// More members than any object of the contract has. Each is looked for among those before it: without a bound, a body of a few
    /// megabytes would keep a server busy for minutes.
    const MOST: usize = 10_000;

    struct Members<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + PartialEq, V: Deserialize<'de>> Visitor<'de> for Members<K, V> {
        type Value = Entries<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object of at most {MOST} members")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Entries::new();
            while let Some((key, value)) = map.next_entry()? {
                entries.insert(key, value);
                if entries.len() > MOST {
                    return Err(Error::invalid_length(entries.len(), &self));
                }
            }
            Ok(entries)
        }
    }

    impl<'de, K: Deserialize<'de> + PartialEq, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Members(PhantomData))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(members: &[(&str, bool)]) -> Entries<String, bool> {
        members
            .iter()
            .map(|(key, value)| ((*key).to_owned(), *value))
            .collect()
    }

    #[test]
    fn the_order_is_kept_and_means_nothing() {
        let (one, other) = (
            entries(&[("b", true), ("a", false)]),
            entries(&[("a", false), ("b", true)]),
        );
        assert_eq!(one, other);
        assert_eq!(one.keys().collect::<Vec<_>>(), ["b", "a"]);
        assert_ne!(one, entries(&[("a", false)]));
        assert_ne!(one, entries(&[("a", true), ("b", true)]));
    }

    #[test]
    fn a_name_that_comes_twice_keeps_its_last_value() {
        let twice = entries(&[("a", true), ("b", true), ("a", false)]);
        assert_eq!(twice, entries(&[("a", false), ("b", true)]));
    }

    #[test]
    fn an_error_names_the_member() {
        let json = Json::Object(vec![("billing".into(), Json::Null)]);
        let error = Entries::<String, bool>::from_json(&json).unwrap_err();
        assert_eq!(error.pointer, "/billing");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serde_keeps_the_order_too() {
        let text = r#"{"b":true,"a":false}"#;
        let read: Entries<String, bool> = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn an_object_of_more_members_than_any_has_is_refused() {
        let members: Vec<String> = (0..100_000).map(|key| format!("\"{key}\":true")).collect();
        let text = format!("{{{}}}", members.join(","));
        let error = serde_json::from_str::<Entries<String, bool>>(&text).unwrap_err();
        assert!(
            error.to_string().contains("at most 10000 members"),
            "{error}"
        );
    }
}
