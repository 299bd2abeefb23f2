using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Filters;

/// <summary>
/// Many filters over one reading of a document. Immutable, so every grain of a silo may use the same set at once; what changes
/// from document to document lives in <see cref="FieldValues"/>.
/// </summary>
internal sealed class FilterSet
{
    // The depth of a customer's metadata is not ours to judge here: reading never fails on a document that is JSON.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private static readonly long LastChange = DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerMillisecond;

    private readonly Filter[] _filters;
    private readonly int[][] _slotsByFilter;
    private readonly int[][] _filtersBySlot;
    private readonly FieldNode _root;

    public FilterSet(IReadOnlyList<Filter> filters)
    {
        _filters = [.. filters];
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        _root = FieldNode.Build(_filters.SelectMany(filter => filter.Clauses).Select(clause => clause.Field).DistinctBy(field => field.Path), slots);
        _slotsByFilter = [.. _filters.Select(filter => filter.Fields.Select(path => slots[path]).ToArray())];

        var bySlot = new List<int>[slots.Count];
        for (var filter = 0; filter < _filters.Length; filter++)
        {
            foreach (var slot in _slotsByFilter[filter])
            {
                (bySlot[slot] ??= []).Add(filter);
            }
        }

        _filtersBySlot = [.. bySlot.Select(list => list.ToArray())];
        TimeDependent = [.. Enumerable.Range(0, _filters.Length).Where(filter => _filters[filter].IsTimeDependent)];
    }

    public int Count => _filters.Length;

    /// <summary>The filters whose answer may change while the customer stays the same.</summary>
    public IReadOnlyList<int> TimeDependent { get; }

    /// <summary>A buffer for this set only.</summary>
    public FieldValues NewValues() => new(this, _filtersBySlot.Length);

    /// <summary>
    /// Fills the buffer from a stored document. Any JSON will do: what is not an object has no fields, values of unexpected types
    /// are kept as they are. Bytes that are not JSON are a damaged store and throw <see cref="JsonException"/> where they are read.
    /// </summary>
    public void Read(ReadOnlySpan<byte> document, FieldValues into)
    {
        CheckOwner(into);
        into.Clear();
        var reader = new Utf8JsonReader(document, AnyDepth);
        if (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            ReadRoot(ref reader, into);
        }
    }

    /// <summary>
    /// Replaces the content of <paramref name="filters"/> by the filters, ascending, that read a field whose value differs. All
    /// others answer the same for both.
    /// </summary>
    public void CollectTouched(FieldValues before, FieldValues after, List<int> filters)
    {
        CheckOwner(before);
        CheckOwner(after);
        filters.Clear();
        for (var slot = 0; slot < _filtersBySlot.Length; slot++)
        {
            if (!before.IsSame(slot, after))
            {
                filters.AddRange(_filtersBySlot[slot]);
            }
        }

        filters.Sort();
        var kept = 0;
        for (var i = 0; i < filters.Count; i++)
        {
            if (kept == 0 || filters[kept - 1] != filters[i])
            {
                filters[kept++] = filters[i];
            }
        }

        filters.RemoveRange(kept, filters.Count - kept);
    }

    /// <summary>The answer at an instant, which counts in the milliseconds it is stored in.</summary>
    public bool Matches(int filter, FieldValues values, DateTimeOffset now)
    {
        CheckOwner(values);
        return _filters[filter].Matches(values, _slotsByFilter[filter], now.AsStored().UtcTicks);
    }

    /// <summary>
    /// The earliest instant, in milliseconds, after <paramref name="now"/> at which the answer could differ for unchanged values; it may still be the
    /// same then. Null when it never will.
    /// </summary>
    public DateTimeOffset? NextChange(int filter, FieldValues values, DateTimeOffset now)
    {
        CheckOwner(values);
        var next = _filters[filter].NextChange(values, _slotsByFilter[filter], now.AsStored().UtcTicks);

        // Up: at the millisecond before, the answer is still the old one.
        return next <= LastChange ? new DateTimeOffset(next + (TimeSpan.TicksPerMillisecond - 1), TimeSpan.Zero).AsStored() : null;
    }

    /// <summary>
    /// The store writes every top-level property once, so reading stops at the last one wanted, on average half-way; should a
    /// strange document repeat one, the first counts. Below, in the shop's own metadata, the last counts as everywhere in .NET.
    /// </summary>
    private void ReadRoot(ref Utf8JsonReader reader, FieldValues into)
    {
        // The catalog of fields has far fewer roots than the mask has bits.
        ulong seen = 0;
        for (var missing = _root.ChildCount; missing > 0 && reader.Read() && reader.TokenType is JsonTokenType.PropertyName;)
        {
            var child = _root.Find(ref reader);
            reader.Read();
            if (child is null || (seen & (1UL << child.Index)) != 0)
            {
                reader.Skip();
                continue;
            }

            seen |= 1UL << child.Index;
            missing--;
            ReadValue(ref reader, child, into);
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, FieldNode node, FieldValues into)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var child = node.Find(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
                continue;
            }

            into.Forget(child.FirstSlot, child.EndSlot);
            ReadValue(ref reader, child, into);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, FieldNode node, FieldValues into)
    {
        if (node.ChildCount > 0 && reader.TokenType is JsonTokenType.StartObject)
        {
            if (node.Slot >= 0)
            {
                into.MarkOpaque(node.Slot);
            }

            ReadObject(ref reader, node, into);
        }
        else if (node.Slot >= 0)
        {
            into.Store(node.Slot, ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void CheckOwner(FieldValues values)
    {
        if (values.Owner != this)
        {
            throw new ArgumentException("The buffer belongs to another filter set.", nameof(values));
        }
    }
}
