use portal_markup::{Child, View, view};

/// What stands in the place of a list of so many `.item`s that have a name and a note, until they are read.
pub fn item_bones(count: usize) -> View {
    let one = |_| {
        view! {
            <div class="item">
                <div class="item__head">
                    <p>
                        <span class="bone" data-size="large"></span>
                    </p>
                </div>
                <p class="item__note">
                    <span class="bone" data-size="large"></span>
                </p>
            </div>
        }
        .alone()
    };
    let items = (0..count).map(one).collect::<Vec<_>>();
    view! { <div class="skeleton items" aria-hidden="true">{items}</div> }.alone()
}
