# SPDX-License-Identifier: GPL-2.0-only
#
# Count executed instructions by function, from QEMU's log of the code that it
# translated ("in_asm") and executed ("exec,nochain").
#
# usage: perl profile.pl SOURCES SYMBOLS KALLSYMS LOG...
#
# SYMBOLS is what nm prints of the command, which is linked to fixed addresses far from
# those of all other programs: they are one row.
#
# A table for each log, called as what follows the last point of its name. A block is
# executed from its first instruction to its last, but for faults. Blocks translated
# earlier are not translated again, so the logs come in the order in which they were
# written.

use strict;
use warnings;

no warnings 'portable';	# addresses have 64 bits

my ($sources, $symbols, $kallsyms, @logs) = @ARGV;
my $shown = 24;
my $modules = 0xffffffffc0000000;	# x86-64's MODULES_VADDR

my @symbols;
for my $file ($symbols, $kallsyms) {
	my $before = @symbols;

	open my $in, '<', $file or die "$file: $!\n";
	while (<$in>) {
		push @symbols, [hex $1, $2] if /^([0-9a-f]{16}) [tTwWi] (\S+)/;
	}
	@symbols > $before or die "$file has no symbols\n";
	push @symbols, [(sort { $a <=> $b } map { $_->[0] } @symbols)[-1] + 65536, 'other programs'] if !$before;
}
@symbols = sort { $a->[0] <=> $b->[0] } @symbols;

my %at;		# which function an address is in
sub function_at {
	my ($pc) = @_;

	my ($low, $high) = (0, $#symbols);
	while ($low < $high) {
		my $middle = int(($low + $high + 1) / 2);
		if ($symbols[$middle][0] <= $pc) { $low = $middle } else { $high = $middle - 1 }
	}
	# where modules and compiled BPF programs are, the symbols are of those still loaded
	return 'programs unloaded since' if $pc >= $modules && $symbols[$low][0] < $modules;
	return $symbols[$low][1];
}

my %size;	# instructions in the block at an address

# Instructions by function, and blocks that were never seen to be translated. A block
# is executed right after it was translated. Near the end of a time slice there are
# short ones, whose flags have their number of instructions.
sub count {
	my ($log) = @_;
	my (%count, $unknown, $new);

	open my $in, '<', $log or die "$log: $!\n";
	while (<$in>) {
		# a long instruction's last bytes are on a line of their own
		if (/^0x[0-9a-f]+:  (?:[0-9a-f]{2} )+ +[a-z]/) {
			$new++;
		} elsif (/^IN:/) {
			$new = 0;
		} elsif (m{^Trace \d+: \S+ \[[0-9a-f]+/0*([0-9a-f]+)/[0-9a-f]+/([0-9a-f]+)\]}) {
			my $short = hex($2) & 0x1ff;	# QEMU's CF_COUNT_MASK

			$size{$1} = $new if $new && !$short;
			$new = 0;
			if ($short || defined $size{$1}) {
				$count{$at{$1} //= function_at(hex $1)} += $short || $size{$1};
			} else {
				$unknown++;
			}
		}
	}
	return (\%count, $unknown);
}

for my $log (@logs) {
	my ($count, $unknown) = count($log);
	my ($name) = $log =~ /([^.\/]+)$/;
	my $total = 0;

	$total += $_ for values %$count;
	$total or die "$log has no instructions\n";
	printf "\n%s: %d instructions\n", $name, $total;
	printf "%12s %7s %9s  %s\n", 'instructions', '%', 'a source', 'function';

	my $rest = $total;
	my @by = sort { $count->{$b} <=> $count->{$a} || $a cmp $b } keys %$count;
	splice @by, $shown if @by > $shown;
	for my $function (@by) {
		my $n = $count->{$function};
		printf "%12d %7.1f %9.1f  %s\n", $n, 100 * $n / $total, $n / $sources, $function;
		$rest -= $n;
	}
	printf "%12d %7.1f %9.1f  %s\n", $rest, 100 * $rest / $total, $rest / $sources, 'all others';
	printf "%12d blocks of unknown size were left out\n", $unknown if $unknown;
}
