from directory.structured_data import breadcrumb_list, item_list

ORIGIN = "https://acutake.example"


def test_breadcrumb_counts_from_the_home_page_down():
    assert breadcrumb_list([("Home", "/"), ("Vermont", "/in/vermont/")], origin=ORIGIN) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": f"{ORIGIN}/"},
            {
                "@type": "ListItem",
                "position": 2,
                "name": "Vermont",
                "item": f"{ORIGIN}/in/vermont/",
            },
        ],
    }


def test_list_goes_on_counting_on_its_second_page():
    assert item_list([("Ada", "/ada/")], origin=ORIGIN, first=21) == {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": 21, "name": "Ada", "url": f"{ORIGIN}/ada/"}
        ],
    }
