//! Which mails belong together: first by what they answer, then by their subject.

use super::mail::Head;
use std::collections::HashMap;

/// How long after the last mail of a thread a reply that names nothing but the subject still belongs to it: 90 days.
const SUBJECT_HOLDS_MILLIS: i64 = 90 * 24 * 60 * 60 * 1000;

/// A thread: the places of its mails in the list, in the order of time, and the id of the mail that it began with, which
/// need not be in the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailThread {
    /// The id of the eldest mail that is known of.
    pub root: String,
    /// Which mails.
    pub mails: Vec<usize>,
}

/// Orders mails into threads. `heads` stand in the order in which they were received, and each has its moment.
pub fn threads(heads: &[Head]) -> Vec<MailThread> {
    let mut groups = Groups::default();
    for head in heads {
        let own = groups.id(&head.id);
        for reference in &head.references {
            let other = groups.id(reference);
            groups.join(own, other);
        }
    }
    join_by_subject(heads, &mut groups);
    collect(heads, &mut groups)
}

/// A reply without references joins the latest thread of the same subject among the same people.
fn join_by_subject(heads: &[Head], groups: &mut Groups) {
    let mut latest: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, head) in in_time(heads) {
        if head.thread_name.is_empty() {
            continue;
        }
        let earlier = latest.entry(head.thread_name.as_str()).or_default();
        if head.references.is_empty() && head.is_reply {
            let found = earlier
                .iter()
                .rev()
                .find(|before| belongs(head, &heads[**before]));
            if let Some(before) = found {
                let (one, other) = (groups.id(&head.id), groups.id(&heads[*before].id));
                groups.join(one, other);
            }
        }
        earlier.push(index);
    }
}

fn belongs(head: &Head, before: &Head) -> bool {
    let (Some(now), Some(then)) = (head.sent_at, before.sent_at) else {
        return false;
    };
    let people = |head: &Head| {
        let mut people = head.to.clone();
        people.push(head.from.address.clone());
        people
    };
    let earlier = people(before);
    let shared = people(head)
        .iter()
        .filter(|person| earlier.contains(person))
        .count();
    // One shared person is only the company's address; two are a conversation.
    shared >= 2 && now.millis() - then.millis() <= SUBJECT_HOLDS_MILLIS
}

fn collect(heads: &[Head], groups: &mut Groups) -> Vec<MailThread> {
    let mut places: HashMap<usize, usize> = HashMap::new();
    let mut threads: Vec<MailThread> = Vec::new();
    for (index, head) in in_time(heads) {
        let id = groups.id(&head.id);
        let group = groups.find(id);
        let place = *places.entry(group).or_insert_with(|| {
            threads.push(MailThread {
                root: head.references.first().unwrap_or(&head.id).clone(),
                mails: Vec::new(),
            });
            threads.len() - 1
        });
        threads[place].mails.push(index);
    }
    threads
}

fn in_time(heads: &[Head]) -> Vec<(usize, &Head)> {
    let mut order: Vec<(usize, &Head)> = heads.iter().enumerate().collect();
    order.sort_by_key(|(index, head)| (head.sent_at, *index));
    order
}

/// Sets of ids that grow together (union-find).
#[derive(Default)]
struct Groups {
    numbers: HashMap<String, usize>,
    parents: Vec<usize>,
}

impl Groups {
    fn id(&mut self, id: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.parents.len();
        self.parents.push(number);
        self.numbers.insert(id.to_owned(), number);
        number
    }

    fn find(&mut self, number: usize) -> usize {
        let mut root = number;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        let mut here = number;
        while self.parents[here] != root {
            here = std::mem::replace(&mut self.parents[here], root);
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.parents[other] = one;
    }
}

#[cfg(test)]
mod tests {
    use super::super::mail::{Person, without_prefixes};
    use super::*;
    use crate::store::time::Moment;

    fn head(id: &str, references: &[&str], subject: &str, day: i64) -> Head {
        Head {
            id: id.to_owned(),
            references: references.iter().map(|r| (*r).to_owned()).collect(),
            subject: subject.to_owned(),
            thread_name: without_prefixes(subject).to_lowercase(),
            is_reply: without_prefixes(subject) != subject,
            from: Person {
                name: None,
                address: "a@example.com".to_owned(),
            },
            to: vec!["help@lumenfold.example".to_owned()],
            sent_at: Some(Moment::from_millis(day * 24 * 60 * 60 * 1000)),
            automated: false,
        }
    }

    fn ids(heads: &[Head]) -> Vec<(String, Vec<usize>)> {
        threads(heads)
            .into_iter()
            .map(|t| (t.root, t.mails))
            .collect()
    }

    #[test]
    fn references_make_a_thread_even_where_a_mail_between_is_missing() {
        let heads = [
            head("3", &["1", "2"], "Re: Bill", 3),
            head("1", &[], "Bill", 1),
            head("9", &[], "Bill", 2),
        ];
        assert_eq!(
            ids(&heads),
            [("1".to_owned(), vec![1, 0]), ("9".to_owned(), vec![2])]
        );
    }

    #[test]
    fn a_thread_whose_first_mail_is_missing_keeps_its_name() {
        let heads = [head("3", &["1", "2"], "Re: Bill", 3)];
        assert_eq!(ids(&heads), [("1".to_owned(), vec![0])]);
    }

    #[test]
    fn a_reply_without_references_joins_by_subject_for_ninety_days() {
        let heads = [
            head("1", &[], "Bill", 1),
            head("2", &[], "AW: bill", 20),
            head("3", &[], "Re: Bill", 200),
        ];
        assert_eq!(
            ids(&heads),
            [("1".to_owned(), vec![0, 1]), ("3".to_owned(), vec![2])]
        );
    }

    #[test]
    fn the_same_subject_without_a_reply_mark_is_another_matter() {
        let heads = [head("1", &[], "Bill", 1), head("2", &[], "Bill", 2)];
        assert_eq!(ids(&heads).len(), 2);
    }
}
