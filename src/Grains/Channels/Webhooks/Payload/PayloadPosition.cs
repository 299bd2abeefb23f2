using System.Globalization;
using System.Text;

namespace Marketing.Channels.Webhooks;

/// <summary>Follows a JSON reader and says where it is: <c>$.items[1].name</c>.</summary>
internal sealed class PayloadPosition
{
    private readonly Stack<Frame> _frames = new();

    public void Enter(bool isArray)
    {
        Value();
        _frames.Push(new Frame(isArray));
    }

    public void Leave() => _frames.Pop();

    public void Name(string name) => _frames.Peek().Name = name;

    /// <summary>A value begins: in an array it is the next one.</summary>
    public void Value()
    {
        if (_frames.TryPeek(out var frame))
        {
            frame.Index++;
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder("$");
        foreach (var frame in _frames.Reverse())
        {
            _ = frame.IsArray ? path.Append(CultureInfo.InvariantCulture, $"[{frame.Index}]") : path.Append('.').Append(frame.Name);
        }

        return path.ToString();
    }

    private sealed class Frame(bool isArray)
    {
        public bool IsArray { get; } = isArray;

        public int Index { get; set; } = -1;

        public string Name { get; set; } = "";
    }
}
