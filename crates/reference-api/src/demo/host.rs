//! A site of the company's own, at another address than the portal: one page that shows the portal in a frame, and the backend of that
//! page, which signs who is there. It is a sample to read as well.

mod signer;
mod site;

pub use site::{Site, SiteError};

#[cfg(test)]
mod tests;
