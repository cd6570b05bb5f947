"""Which cases are built. In: a seed. Out: a sample that has every pair of values, or every case."""

import itertools

from .cases import AXES, Case, impossible, seeded
from .files import FORMATS
from .framing import DIFFICULTIES
from .links import LINKS
from .network import NETWORKS
from .transports import TRANSPORTS
from .tunnels import TUNNELS

# Values enough to tell whether a pair of others can be: with these, the least is impossible.
PERMISSIVE = {"format": ["pcap"], "link": ["ethernet"], "network": ["ipv4", "ipv6"], "tunnel": list(TUNNELS),
              "transport": list(TRANSPORTS), "difficulty": ["whole"]}
CANDIDATES = 12


def pairs_of(case):
    return set(itertools.combinations(enumerate(case), 2))


def possible_pairs():
    """The pairs of values that some case has, in a fixed order."""
    for first, second in itertools.combinations(AXES, 2):
        for pair in itertools.product(AXES[first], AXES[second]):
            chosen = {**PERMISSIVE, first: [pair[0]], second: [pair[1]]}
            if not all(impossible(Case(*one)) for one in itertools.product(*chosen.values())):
                names = list(AXES)
                yield (names.index(first), pair[0]), (names.index(second), pair[1])


def sample(seed):
    """Few cases that have each possible pair of values."""
    source = seeded(seed, "sample")
    values = [list(axis) for axis in AXES.values()]
    wanted = dict.fromkeys(possible_pairs())
    cases = []
    while wanted:
        pair = next(iter(wanted))
        best, most = None, 0
        tried = 0
        while tried < CANDIDATES or best is None:
            drawn = [source.choice(axis) for axis in values]
            for axis, value in pair:
                drawn[axis] = value
            case = Case(*drawn)
            if impossible(case):
                continue
            tried += 1
            new = sum(one in wanted for one in pairs_of(case))
            if new > most:
                best, most = case, new
        cases.append(best)
        for one in pairs_of(best):
            wanted.pop(one, None)
    return cases


def every_case():
    """Format x link x tunnel x transport x difficulty, with each of the possible network layers in turn; then every
    network layer with every tunnel, transport and difficulty, with links and formats in turn. In groups that differ in
    format and link alone."""
    links_and_formats = list(itertools.product(LINKS, FORMATS))
    for number, ends in enumerate(itertools.product(TUNNELS, TRANSPORTS, DIFFICULTIES)):
        groups = {}
        for link in LINKS:
            networks = [name for name in NETWORKS if not impossible(Case("pcap", link, name, *ends))]
            if networks:
                group = groups.setdefault(networks[number % len(networks)], [])
                group += [Case(form, link, networks[number % len(networks)], *ends) for form in FORMATS]
        for at, network in enumerate(NETWORKS):
            link, form = links_and_formats[(number * len(NETWORKS) + at) * 7 % len(links_and_formats)]
            case = Case(form, link, network, *ends)
            if network not in groups and not impossible(case):
                groups[network] = [case]
        yield from groups.values()
