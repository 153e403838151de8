"""What students hand in, collected: files as course platforms give them, and the page of a class.

`reading` finds the files in a folder and its ZIPs, and reads none of their answers; `page` puts
them, with the questions and their keys, into one page. There all else happens, by the rules that
every lesson uses (``widgets/classroom``): who handed in what, marking, agreement, gradebook.
"""
