# Thematic areas.
command-areas = Thematic areas: choose which you follow
command-area = Areas: add, rename, retire
areas-head = <b>Thematic areas</b>
areas-follow =
    <b>Thematic areas</b>

    Choose those that you want to follow. Nobody else sees what you choose. You can also ask about the areas, for example: { $example }
areas-how = To follow an area, write in a direct chat with the bot: <cmd:areas>. You can also ask about the areas, for example: { $example }
areas-room =
    <b>Areas of this room</b>

    A room without chosen areas is for all of them. Moderators choose.
area-name = { $name }
area-here = { $name } (this room)
area-on = ✓ { $name }
area-numbered = { $number }. { $name }
area-followed = You follow the area: { $name }
area-unfollowed = You no longer follow the area: { $name }
area-room-on = This room now has the area: { $name }
area-room-off = This room no longer has the area: { $name }
area-how =
    • Add: <code><cmd:area> add Polish name | English name | Ukrainian name</code>
    • Rename: <code><cmd:area> rename 2 | Polish name | English name | Ukrainian name</code>
    • Retire: <code><cmd:area> retire 2</code>
    • Bring back: <code><cmd:area> restore name</code>
area-added = The area was added: { $name }. All of them: <cmd:area>
area-renamed = The area was renamed: { $name }. All of them: <cmd:area>
area-retired = The area was retired: { $name }. To bring it back: <cmd:area> restore { $name }
area-restored = The area is on the list: { $name }. All of them: <cmd:area>
area-too-many = There can be at most { $limit ->
        [one] { $limit } area
       *[other] { $limit } areas
    }. First retire another. How to: <cmd:area>
area-unknown = There is no such area. The list with numbers: <cmd:area>
area-names-needed = Give three names with a bar | between them: in Polish, in English, in Ukrainian. One name alone is used in every language. Examples: <cmd:area>
area-name-long = The name of an area has at most { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }. Please give a shorter one. Examples: <cmd:area>
area-exists = There is such an area already: { $name }. All of them: <cmd:area>
area-exists-retired = There is such an area, but it is retired: { $name }. To bring it back: <cmd:area> restore { $name }
