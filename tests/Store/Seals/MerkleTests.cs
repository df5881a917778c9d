using System.Security.Cryptography;
using HousingBank.Store.Seals;

namespace HousingBank.Store.Tests.Seals;

public sealed class MerkleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void A_tree_that_grows_has_the_same_root_as_one_made_at_once(int count)
    {
        var leaves = Leaves(count);
        var growing = new GrowingTree();
        foreach (var leaf in leaves[..^1])
            growing.Add(leaf);

        growing.RootWith(leaves[^1]).ShouldBe(Merkle.Root(leaves.SelectMany(l => l).ToArray()));
    }

    [Fact]
    public void The_root_is_split_at_the_greatest_power_of_two_below_the_number_of_leaves()
    {
        var l = Leaves(5);

        Merkle.Root(l.SelectMany(x => x).ToArray())
            .ShouldBe(Merkle.Node(Merkle.Node(Merkle.Node(l[0], l[1]), Merkle.Node(l[2], l[3])), l[4]));
    }

    [Fact]
    public void What_is_missing_is_as_little_as_possible_and_enough()
    {
        var l = Leaves(5);
        var all = l.SelectMany(x => x).ToArray();

        Merkle.Missing(all, [0, 1, 2, 3, 4]).ShouldBeEmpty();
        Merkle.Missing(all, [2]).ShouldBe([Merkle.Node(l[0], l[1]), l[3], l[4]]);
        Merkle.Missing(all, [0, 4]).ShouldBe([l[1], Merkle.Node(l[2], l[3])]);
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];
}
