//! The browser's console, for whoever runs the portal: what is wrong and where; never a customer's data.

/// Something is broken and needs somebody's hand.
pub fn error(message: &str) {
    #[cfg(target_arch = "wasm32")]
    web_sys::console::error_1(&message.into());
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("{message}");
}
