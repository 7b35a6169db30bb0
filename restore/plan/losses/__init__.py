"""What a restore will not bring back, and what brings it. Pure.

mention     one thing elsewhere in AWS that names the table
reach       whose policy, selection or alarm is about which table; wildcards, selection
unset       settings of the live table that the stack config does not say
loss        one loss, and the config that would bring it back
lost        live table × what names it × stack config → every loss
"""
