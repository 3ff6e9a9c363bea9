//! Whose mails of a thread are: a customer sees what they wrote and what was written to them, and nothing else of it.
//!
//! Threads are made of what mails say that they answer, and anybody can say that: two customers who answer the same circular stand
//! in one thread, and somebody who means ill names the mail of another. So in a mailbox of the company's a thread is parted by who
//! wrote each mail and whom it went to.

use super::threads::MailThread;
use crate::store::customers::CustomerId;

/// A thread, parted.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Each customer's part, by the address under which they first stand in it.
    pub(super) of: Vec<Part>,
    /// Mails that are neither from nor to a customer.
    pub(super) nobodys: Vec<usize>,
}

/// What one customer has of a thread.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) customer: CustomerId,
    pub(super) address: String,
    pub(super) thread: MailThread,
}

impl Parts {
    /// Adds a mail, and everybody among the customers whom it names.
    pub(super) fn add(&mut self, root: &str, mail: usize, named: Vec<(CustomerId, String)>) {
        if named.is_empty() {
            self.nobodys.push(mail);
        }
        for (customer, address) in named {
            let place = self.of.iter().position(|part| part.customer == customer);
            let place = place.unwrap_or_else(|| {
                self.of.push(Part {
                    customer,
                    address,
                    thread: MailThread {
                        root: root.to_owned(),
                        mails: Vec::new(),
                    },
                });
                self.of.len() - 1
            });
            let mails = &mut self.of[place].thread.mails;
            if mails.last() != Some(&mail) {
                mails.push(mail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> (CustomerId, String) {
        let customer = format!("cus_{name}").try_into().unwrap();
        (customer, format!("{name}@example.com"))
    }

    #[test]
    fn each_has_what_names_them_and_nobody_has_the_rest() {
        let mut parts = Parts::default();
        parts.add("root", 0, vec![]);
        parts.add("root", 1, vec![named("maya")]);
        parts.add(
            "root",
            2,
            vec![named("jonas"), named("maya"), named("jonas")],
        );
        parts.add("root", 3, vec![named("jonas")]);
        let mails = |place: usize| parts.of[place].thread.mails.clone();
        assert_eq!((mails(0), mails(1)), (vec![1, 2], vec![2, 3]));
        assert_eq!(parts.of[1].address, "jonas@example.com");
        assert_eq!(parts.nobodys, [0]);
    }
}
