using System.Text.Json;

namespace Marketing.Filters;

/// <summary>
/// The values of one document for the fields of one <see cref="FilterSet"/>: a buffer to reuse from document to document. It owns
/// copies, so the document may go away. Not for two threads at once.
/// </summary>
internal sealed class FieldValues
{
    private readonly Entry[] _slots;
    private Entry[] _elements = new Entry[8];
    private int _elementCount;
    private byte[] _bytes = new byte[512];
    private int _byteCount;

    internal FieldValues(FilterSet owner, int slots)
    {
        Owner = owner;
        _slots = new Entry[slots];
    }

    internal FilterSet Owner { get; }

    internal FieldValue this[int slot] => View(_slots[slot]);

    internal FieldValue Element(int index) => View(_elements[index]);

    internal void Clear()
    {
        Array.Clear(_slots);
        _elementCount = 0;
        _byteCount = 0;
    }

    /// <summary>Forgets a range of slots: a property that appears twice in an object counts with its last value.</summary>
    internal void Forget(int from, int to) => _slots.AsSpan(from, to - from).Clear();

    internal void MarkOpaque(int slot) => _slots[slot] = new Entry(FieldValueKind.Opaque, 0, 0);

    /// <summary>Copies the value the reader stands on and leaves the reader at its end.</summary>
    internal void Store(int slot, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            _slots[slot] = Copy(ref reader);
            return;
        }

        var first = _elementCount;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (_elementCount == _elements.Length)
            {
                Array.Resize(ref _elements, _elementCount * 2);
            }

            _elements[_elementCount++] = Copy(ref reader);
        }

        _slots[slot] = new Entry(FieldValueKind.Array, first, _elementCount - first);
    }

    /// <summary>Whether a field has the same content in both.</summary>
    internal bool IsSame(int slot, FieldValues other) => AreSame(this[slot], other[slot]);

    private static bool AreSame(FieldValue one, FieldValue other)
    {
        if (one.Kind != other.Kind || one.Count != other.Count || !one.Text.SequenceEqual(other.Text))
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!AreSame(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private FieldValue View(in Entry entry) => entry.Kind is FieldValueKind.Array
        ? new FieldValue(this, entry.Start, entry.Length)
        : new FieldValue(entry.Kind, _bytes.AsSpan(entry.Start, entry.Length));

    private Entry Copy(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return CopyBytes(FieldValueKind.Text, reader.ValueSpan, reader.ValueIsEscaped);
            case JsonTokenType.Number:
                return CopyBytes(FieldValueKind.Number, reader.ValueSpan, isEscaped: false);
            case JsonTokenType.True:
                return new Entry(FieldValueKind.True, 0, 0);
            case JsonTokenType.False:
                return new Entry(FieldValueKind.False, 0, 0);
            case JsonTokenType.Null:
                return new Entry(FieldValueKind.Null, 0, 0);
            default:
                reader.Skip();
                return new Entry(FieldValueKind.Opaque, 0, 0);
        }
    }

    private Entry CopyBytes(FieldValueKind kind, ReadOnlySpan<byte> bytes, bool isEscaped)
    {
        var start = _byteCount;
        if (_bytes.Length - start < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + bytes.Length));
        }

        var target = _bytes.AsSpan(start);
        if (isEscaped)
        {
            _byteCount += JsonEscapes.Unescape(bytes, target);
        }
        else
        {
            bytes.CopyTo(target);
            _byteCount += bytes.Length;
        }

        return new Entry(kind, start, _byteCount - start);
    }

    /// <param name="Kind">The type.</param>
    /// <param name="Start">Where the bytes, or the elements of an array, begin.</param>
    /// <param name="Length">How many there are.</param>
    private readonly record struct Entry(FieldValueKind Kind, int Start, int Length);
}
