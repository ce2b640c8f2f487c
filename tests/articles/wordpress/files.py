"""Exports as WordPress writes them, in the words of a test."""

NAMESPACES = """\
  xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/{version}/"
"""
SITE = "https://old.example/blog"


def export(*items, version="1.2", head="", site=SITE) -> bytes:
    """A whole file."""
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n'
        f'<rss version="2.0"\n{NAMESPACES.format(version=version)}>\n<channel>\n'
        f"<title>Old</title><link>{site}</link><language>en-US</language>\n"
        f"<wp:wxr_version>{version}</wp:wxr_version>"
        f"<wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>\n"
        f"{head}\n{''.join(items)}</channel>\n</rss>\n"
    ).encode()


def author(login, name="", old_id=1) -> str:
    return (
        f"<wp:author><wp:author_id>{old_id}</wp:author_id>"
        f"<wp:author_login><![CDATA[{login}]]></wp:author_login>"
        f"<wp:author_email><![CDATA[{login}@old.example]]></wp:author_email>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>\n"
    )


def category(slug, name, parent="") -> str:
    return (
        f"<wp:category><wp:term_id>4</wp:term_id>"
        f"<wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename>"
        f"<wp:category_parent><![CDATA[{parent}]]></wp:category_parent>"
        f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
    )


def item(
    *,
    old_id="1",
    kind="post",
    title="A title",
    link=None,
    slug="a-title",
    creator="ada",
    body="<p>Words.</p>",
    excerpt="",
    date="2019-05-04 13:30:00",
    date_gmt="2019-05-04 17:30:00",
    status="publish",
    parent=0,
    password="",
    sticky=0,
    comment_status="open",
    tags=(),
    categories=(),
    attachment_url="",
    meta=(),
    comments=(),
    inner="",
) -> str:
    """One item, in the order in which WordPress writes its parts."""
    link = f"{SITE}/2019/05/{slug}/" if link is None else link
    terms = "".join(
        f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>\n'
        for domain, names in (("category", categories), ("post_tag", tags))
        for name in names
    )
    metas = "".join(
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>\n"
        for key, value in dict(meta).items()
    )
    file = f"<wp:attachment_url><![CDATA[{attachment_url}]]></wp:attachment_url>"
    return (
        f"<item>\n<title><![CDATA[{title}]]></title>\n<link>{link}</link>"
        "<pubDate>Sat, 04 May 2019 17:30:00 +0000</pubDate>\n"
        f"<dc:creator><![CDATA[{creator}]]></dc:creator>"
        f'<guid isPermaLink="false">https://old.example/?p={old_id}</guid><description></description>\n'
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
        f"<wp:post_id>{old_id}</wp:post_id><wp:post_date>{date}</wp:post_date>"
        f"<wp:post_date_gmt>{date_gmt}</wp:post_date_gmt>"
        f"<wp:comment_status>{comment_status}</wp:comment_status>"
        f"<wp:post_name><![CDATA[{slug}]]></wp:post_name>\n"
        f"<wp:status>{status}</wp:status><wp:post_parent>{parent}</wp:post_parent>\n"
        f"<wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_password><![CDATA[{password}]]></wp:post_password>\n"
        f"<wp:is_sticky>{sticky}</wp:is_sticky>\n{file if attachment_url else ''}"
        f"{terms}{metas}{''.join(comments)}{inner}</item>\n"
    )


def comment(
    *,
    old_id="1",
    parent=0,
    name="Bo",
    email="bo@example.org",
    url="",
    date="2019-05-05 08:00:00",
    date_gmt="2019-05-05 12:00:00",
    body="Thank you.",
    status="1",
    kind="",
) -> str:
    return (
        f"<wp:comment>\n<wp:comment_id>{old_id}</wp:comment_id>"
        f"<wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email>"
        f"<wp:comment_author_url>{url}</wp:comment_author_url>"
        f"<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date>{date}</wp:comment_date>"
        f"<wp:comment_date_gmt>{date_gmt}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{body}]]></wp:comment_content>"
        f"<wp:comment_approved>{status}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>\n"
    )
