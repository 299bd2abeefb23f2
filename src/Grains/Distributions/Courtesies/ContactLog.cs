using System.Buffers.Binary;

namespace Marketing.Distributions.Courtesies;

/// <summary>The messages that a customer was given through a channel, oldest first, and when. One that is tried again is there once, as of its last attempt.</summary>
internal sealed class ContactLog
{
    private const int Size = sizeof(long) + sizeof(int) + sizeof(long);

    private readonly List<Contact> _contacts;

    private ContactLog(List<Contact> contacts) => _contacts = contacts;

    public IReadOnlyList<Contact> Contacts => _contacts;

    public static ContactLog Empty => new([]);

    public static ContactLog Read(ReadOnlySpan<byte> stored)
    {
        var contacts = new List<Contact>((stored.Length / Size) + 1);
        for (; stored.Length >= Size; stored = stored[Size..])
        {
            contacts.Add(new Contact(
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(stored)), BinaryPrimitives.ReadInt32LittleEndian(stored[sizeof(long)..]),
                BinaryPrimitives.ReadInt64LittleEndian(stored[(sizeof(long) + sizeof(int))..])));
        }

        return new ContactLog(contacts);
    }

    public byte[] Write()
    {
        var stored = new byte[_contacts.Count * Size];
        var rest = stored.AsSpan();
        foreach (var contact in _contacts)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, contact.At.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteInt32LittleEndian(rest[sizeof(long)..], contact.Distribution);
            BinaryPrimitives.WriteInt64LittleEndian(rest[(sizeof(long) + sizeof(int))..], contact.Message);
            rest = rest[Size..];
        }

        return stored;
    }

    /// <summary>How many other messages than this one there are since an instant, without it.</summary>
    public int CountSince(DateTimeOffset since, int distribution, long message) =>
        _contacts.Count(contact => contact.At > since && (contact.Message != message || contact.Distribution != distribution));

    public void Remove(Predicate<Contact> which) => _contacts.RemoveAll(which);

    public void Add(Contact contact)
    {
        _contacts.RemoveAll(earlier => earlier.Message == contact.Message && earlier.Distribution == contact.Distribution);
        _contacts.Add(contact);
    }
}

/// <summary>A message to a customer.</summary>
/// <param name="At">When it was marked as being handed over.</param>
/// <param name="Distribution">The number of its distribution.</param>
/// <param name="Message">Its number.</param>
internal readonly record struct Contact(DateTimeOffset At, int Distribution, long Message);
