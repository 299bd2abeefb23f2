using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Marketing.Filters;

/// <summary>
/// One level of the tree of wanted property names. Immutable once built. Names are found by a hash over their ends and then
/// compared, without turning the bytes of the document into strings.
/// </summary>
internal sealed class FieldNode
{
    private readonly FieldNode?[] _table;
    private readonly byte[] _name;

    private FieldNode(string name, int index, int slot, int firstSlot, int endSlot, IReadOnlyCollection<FieldNode> children)
    {
        _name = Encoding.UTF8.GetBytes(name);
        Index = index;
        Slot = slot;
        FirstSlot = firstSlot;
        EndSlot = endSlot;
        ChildCount = children.Count;
        _table = new FieldNode?[BitOperations.RoundUpToPowerOf2((uint)(children.Count * 2) + 1)];
        foreach (var child in children)
        {
            var at = Hash(child._name) & (uint)(_table.Length - 1);
            while (_table[at] is not null)
            {
                at = (at + 1) & (uint)(_table.Length - 1);
            }

            _table[at] = child;
        }
    }

    /// <summary>Where the value of this very place goes; -1 when only places below are wanted.</summary>
    public int Slot { get; }

    /// <summary>The first slot of this place and all below.</summary>
    public int FirstSlot { get; }

    /// <summary>One after the last slot of this place and all below.</summary>
    public int EndSlot { get; }

    /// <summary>Which of its siblings it is.</summary>
    public int Index { get; }

    public int ChildCount { get; }

    /// <summary>Builds the tree and gives every field its slot, so that all slots below a node are neighbours.</summary>
    /// <param name="fields">Distinct fields.</param>
    /// <param name="slots">Path → slot.</param>
    public static FieldNode Build(IEnumerable<FilterField> fields, Dictionary<string, int> slots) => Build("", 0, [.. fields], 0, slots);

    /// <summary>The child of the property name the reader stands on.</summary>
    public FieldNode? Find(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? FindEscaped(reader.ValueSpan) : Find(reader.ValueSpan);

    private static FieldNode Build(string name, int index, List<FilterField> fields, int depth, Dictionary<string, int> slots)
    {
        var firstSlot = slots.Count;
        var slot = -1;
        if (fields.Find(field => field.Segments.Count == depth) is { } own)
        {
            slot = firstSlot;
            slots.Add(own.Path, slot);
        }

        var children = fields.Where(field => field.Segments.Count > depth)
            .GroupBy(field => field.Segments[depth], StringComparer.Ordinal)
            .Select((group, at) => Build(group.Key, at, [.. group], depth + 1, slots))
            .ToList();
        return new FieldNode(name, index, slot, firstSlot, slots.Count, children);
    }

    private FieldNode? Find(ReadOnlySpan<byte> name)
    {
        var at = Hash(name) & (uint)(_table.Length - 1);
        while (_table[at] is { } candidate)
        {
            if (name.SequenceEqual(candidate._name))
            {
                return candidate;
            }

            at = (at + 1) & (uint)(_table.Length - 1);
        }

        return null;
    }

    private FieldNode? FindEscaped(ReadOnlySpan<byte> escaped)
    {
        Span<byte> name = escaped.Length <= 512 ? stackalloc byte[escaped.Length] : new byte[escaped.Length];
        return Find(name[..JsonEscapes.Unescape(escaped, name)]);
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var (head, tail) = name.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^8..])),
            >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[^4..])),
            > 0 => ((ulong)name[0], ((ulong)name[^1] << 8) | name[name.Length / 2]),
            _ => (0UL, 0UL),
        };
        var mixed = (head * 0x9E3779B97F4A7C15) ^ (BitOperations.RotateLeft(tail, 29) * 0xC2B2AE3D27D4EB4F) ^ (ulong)name.Length;
        return (uint)(mixed >> 32) ^ (uint)mixed;
    }
}
