using System.Text;
using System.Text.Json;

namespace HousingBank.Cli.Sources;

/// <summary>One value of a JSON file, with its place.</summary>
internal abstract record JsonItem(Place At);

internal sealed record JsonFields(Place At, IReadOnlyDictionary<string, JsonItem> Items) : JsonItem(At);

internal sealed record JsonItems(Place At, IReadOnlyList<JsonItem> Items) : JsonItem(At);

internal sealed record JsonText(Place At, string Value) : JsonItem(At);

internal sealed record JsonNumber(Place At, decimal Value) : JsonItem(At);

internal sealed record JsonFlag(Place At, bool Value) : JsonItem(At);

internal sealed record JsonNothing(Place At) : JsonItem(At);

/// <summary>Reads a JSON file into items that know their lines, which System.Text.Json's own documents do not.</summary>
internal static class JsonSource
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 32 };

    /// <returns>Null when the file is no JSON at all; the notes say where it stops being so.</returns>
    public static JsonItem? Read(string file, byte[] content, ReadingNotes notes)
    {
        var bytes = content.AsSpan().StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content;
        try
        {
            return new Parser(file, bytes, notes).Document();
        }
        catch (JsonException e)
        {
            notes.Problem(new Place(file, (int)(e.LineNumber ?? 0) + 1, ""), "this is not JSON: " + Sentence(e));
            return null;
        }
        catch (InvalidOperationException e) when (e.InnerException is DecoderFallbackException)
        {
            notes.Problem(new Place(file, 1, ""), "this is not UTF-8 text");
            return null;
        }
    }

    // The reader's message ends with its own line and byte counts, which the place already says.
    private static string Sentence(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private ref struct Parser(string file, byte[] content, ReadingNotes notes)
    {
        private readonly byte[] _content = content;
        private Utf8JsonReader _reader = new(content, Strict);
        private int _line = 1;
        private int _counted;

        public JsonItem Document()
        {
            _reader.Read();
            var item = Item("");
            _reader.Read();
            return item;
        }

        private JsonItem Item(string path)
        {
            var at = new Place(file, Line(), path);
            return _reader.TokenType switch
            {
                JsonTokenType.StartObject => Fields(at, path),
                JsonTokenType.StartArray => List(at, path),
                JsonTokenType.String => new JsonText(at, _reader.GetString()!),
                JsonTokenType.Number when _reader.TryGetDecimal(out var number) => new JsonNumber(at, number),
                JsonTokenType.True or JsonTokenType.False => new JsonFlag(at, _reader.GetBoolean()),
                _ => new JsonNothing(at),
            };
        }

        private JsonFields Fields(Place at, string path)
        {
            var items = new Dictionary<string, JsonItem>();
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = _reader.GetString()!;
                var inside = path.Length == 0 ? name : $"{path}.{name}";
                _reader.Read();
                var item = Item(inside);
                if (!items.TryAdd(name, item))
                    notes.Problem(item.At, "this field stands here twice");
            }

            return new JsonFields(at, items);
        }

        private JsonItems List(Place at, string path)
        {
            var items = new List<JsonItem>();
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                items.Add(Item($"{path}[{items.Count}]"));
            return new JsonItems(at, items);
        }

        private int Line()
        {
            var start = (int)_reader.TokenStartIndex;
            _line += _content.AsSpan(_counted, start - _counted).Count((byte)'\n');
            _counted = start;
            return _line;
        }
    }
}
