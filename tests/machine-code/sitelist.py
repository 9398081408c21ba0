"""A committed list of places in the machine code, each with its count in each build and the reason why it may stay.

    reason NAME: a sentence or more,
        over as many lines as it takes

    crate file function
        kind: build count, build count
        why: NAME, or a sentence that goes for this place alone

A place that is not listed, or more of them than listed, fails; so does a listed one that is gone. The counts are those
of one compiler a build, which the list names in its line 'compilers:'. Another one inlines differently: then what is
found must be listed for one build or another, however often it is there. With `by_function` it is enough that its
function is, but in all there may be no more than a quarter more; and, whatever the compiler, in a build no more than
the line 'ceilings:' says, which only a hand changes."""
import collections


class SiteList:
    """`entries` has, by (crate, file, function), the counts by kind and build; `why` the reason, or the name of one."""

    def __init__(self, path):
        self.path = path
        self.head, self.compilers, self.ceilings = [], {}, {}
        self.reasons, self.entries, self.why = {}, {}, {}
        key = text = None
        with open(path, encoding='utf-8') as file:
            for line in file.read().split('\n'):
                word = line.strip()
                if line.startswith('#') or not word:
                    self.head += [line] * (key is None and not self.compilers and not self.ceilings)
                elif line.startswith('compilers:'):
                    self.compilers = pairs(line)
                elif line.startswith('ceilings:'):
                    self.ceilings = {build: int(most) for build, most in pairs(line).items()}
                elif line.startswith('reason '):
                    key, sentence = line[len('reason '):].split(':', 1)
                    text = self.reasons
                    text[key] = sentence.strip()
                elif not line.startswith(' '):
                    key = tuple(word.split())
                    if len(key) != 3 or key in self.entries:
                        raise SystemExit(f'machine-code: {path}: three words, and once, not: {line}')
                    self.entries[key] = collections.defaultdict(dict)
                elif word.startswith('why:'):
                    text = self.why
                    text[key] = word[4:].strip()
                elif line.startswith(' ' * 8):
                    text[key] += ' ' + word
                else:
                    kind, counts = word.split(':')
                    for pair in counts.split(','):
                        build, count = pair.split()
                        self.entries[key][kind][build] = int(count)

    def mismatch(self, build, compiler):
        """In words, that the list is another compiler's; '' if it is not."""
        if self.compilers.get(build) == compiler:
            return ''
        return (f'listed for {self.compilers.get(build, "no compiler")}, this is {compiler}: counts not compared, '
                'functions are')

    def compare(self, build, compiler, found, where, by_function=False):
        """What is wrong with what was found in a build: `found` counts by (crate, file, function) and kind, `where` has
        the addresses."""
        wrong = []
        listed = {(key, kind): counts.get(build, 0) for key, kinds in self.entries.items()
                  for kind, counts in kinds.items()}
        same = not self.mismatch(build, compiler)
        for (key, kind), count in sorted(found.items()):
            name = f'{build}: {kind} in {" ".join(key)}'
            places = ', '.join(where[key, kind][:4])
            known = key in self.entries if by_function and not same else (key, kind) in listed
            if not known:
                wrong.append(f'{name}: {count}, and not listed in {self.path} (at {places}): if it may stay, run '
                             '`sh tests/machine-code/run.sh accept`, and write there the reason why')
            elif same and count > listed[key, kind]:
                wrong.append(f'{name}: {count}, but {listed[key, kind]} are listed in {self.path} (at {places})')
        if same:
            for (key, kind), count in sorted(listed.items()):
                if found.get((key, kind), 0) < count:
                    wrong.append(f'{build}: {kind} in {" ".join(key)}: {count} are listed in {self.path}, but there '
                                 f'are {found.get((key, kind), 0)}: bring the list up to date')
        total, limit = sum(found.values()), sum(listed.values()) * 5 // 4
        if by_function and not same and total > limit:
            wrong.append(f'{build}: {total} places, over {limit}, a quarter more than are listed in {self.path}')
        if by_function and build not in self.ceilings:
            wrong.append(f'{build}: {self.path} names no ceiling for it')
        elif by_function and total > self.ceilings[build]:
            wrong.append(f'{build}: {total} places, over {self.ceilings[build]}, the ceiling in {self.path} for every '
                         'compiler')
        return wrong

    def unexplained(self):
        """Places without a reason, and reasons that no place has."""
        wrong = []
        for key in self.entries:
            why = self.why.get(key, '').strip(' ?')
            if not why or ' ' not in why and why not in self.reasons:
                wrong.append(f'{self.path}: {" ".join(key)} has no reason')
        return wrong + [f'{self.path}: nothing has the reason {name}' for name in self.reasons
                        if name not in self.why.values()]

    def accept(self, build, compiler, found):
        """Takes what was found in a build; reasons stay."""
        self.compilers[build] = compiler
        for kinds in self.entries.values():
            for counts in kinds.values():
                counts.pop(build, None)
        for (key, kind), count in found.items():
            self.entries.setdefault(key, collections.defaultdict(dict))[kind][build] = count

    def write(self):
        """Writes the list, without places that are gone."""
        lines = [line for line in self.head if line]
        lines.append('compilers: ' + ', '.join(f'{build} {self.compilers[build]}' for build in sorted(self.compilers)))
        if self.ceilings:
            lines.append('ceilings: ' + ', '.join(f'{build} {self.ceilings[build]}' for build in sorted(self.ceilings)))
        for name in sorted(self.reasons):
            lines += ['', *wrap(f'reason {name}: {self.reasons[name]}', 120)]
        for key in sorted(self.entries):
            kinds = {kind: counts for kind, counts in self.entries[key].items() if counts}
            if not kinds:
                continue
            lines += ['', ' '.join(key)]
            for kind in sorted(kinds):
                counts = kinds[kind]
                lines.append(f'    {kind}: ' + ', '.join(f'{build} {counts[build]}' for build in sorted(counts)))
            lines += wrap('    why: ' + self.why.get(key, '?'), 120)
        with open(self.path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')


def pairs(line):
    """What stands after the colon, 'build word, build word'."""
    return dict(pair.split() for pair in line.split(':', 1)[1].split(','))


def wrap(text, width):
    lines = []
    while len(text) > width:
        cut = text.rindex(' ', 12, width)
        lines.append(text[:cut])
        text = ' ' * 8 + text[cut + 1:]
    return lines + [text]
