namespace HousingBank.Store.Tests.TwoClock;

/// <summary>Facts of a stream made for these tests: goods on a shelf.</summary>
public abstract record ShelfFact;

/// <summary>Goods are put where there were none.</summary>
public sealed record Put(string Goods, int Amount) : ShelfFact;

/// <summary>More or fewer of goods that are there.</summary>
public sealed record Added(string Goods, int Amount) : ShelfFact;

/// <summary>The same for everything on the shelf.</summary>
public sealed record AddedToAll(int Amount) : ShelfFact;

public sealed record Removed(string Goods) : ShelfFact;

public sealed record Struck : ShelfFact;

public sealed record GoodsRow(string Goods, int Amount, bool Plenty);

/// <summary>What is on each shelf.</summary>
public sealed class GoodsTable : FoldTable<GoodsRow>
{
    public override string Name => "goods";

    public override int Version => 1;

    public override bool Takes(string streamKind) => streamKind == "shelf";

    protected override Rows<GoodsRow> Apply(Rows<GoodsRow> rows, StoredFact fact) => fact.Fact switch
    {
        Put put when !rows.ContainsKey(Key(fact, put.Goods)) => rows.SetItem(Key(fact, put.Goods), Row(put.Goods, put.Amount)),
        Added added when rows.TryGetValue(Key(fact, added.Goods), out var row) => rows.SetItem(Key(fact, added.Goods), Row(row.Goods, row.Amount + added.Amount)),
        AddedToAll all => rows.SetItems(rows.Select(r => KeyValuePair.Create(r.Key, Row(r.Value.Goods, r.Value.Amount + all.Amount)))),
        Removed removed => rows.Remove(Key(fact, removed.Goods)),
        _ => rows,
    };

    public Rows<GoodsRow> After(Rows<GoodsRow> rows, StoredFact fact) => Apply(rows, fact);

    private static GoodsRow Row(string goods, int amount) => new(goods, amount, amount > 2);

    private static string Key(StoredFact fact, string goods) => $"{fact.Stream.Name}:{goods}";
}
