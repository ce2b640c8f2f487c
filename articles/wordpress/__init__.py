"""A WordPress site brought over from its export file (docs/wordpress.md).

`wxr` reads the file into `records`, and `survey` looks over all of it before anything is written.
`convert` makes a body of ours: `shortcodes` become HTML, which `writer` writes anew in
`paragraphs`, with the `figures` that `pictures` knows. `planning` says what is to become of a
post. `people`, `library` and `posts` write, and `importer` has them do so from the first item to
the last. Comments come by `comments.wordpress`, and both together by `acutake.moving`.
"""
