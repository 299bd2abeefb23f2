namespace Marketing.Testing;

/// <summary>How a sink behaves from the start.</summary>
public sealed record SmtpSinkOptions
{
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>Keeps the full text of each mail; without it only the headers are looked at, which is faster.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>Offers STARTTLS with a certificate of its own making.</summary>
    public bool StartTls { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Set together with <see cref="Password"/>: refuses mail before signing in.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Takes addresses beyond ASCII.</summary>
    public bool Utf8 { get; init; }

    /// <summary>Offers to take commands in groups; otherwise hangs up on a client that does not wait for its turn.</summary>
    public bool Pipelining { get; init; } = true;

    /// <summary>Allows a message also when it has refused everybody it was to go to.</summary>
    public bool AllowsMessagesToNobody { get; init; }

    /// <summary>Says 421 and closes when a connection starts one message more than this.</summary>
    public int MessagesPerConnection { get; init; } = int.MaxValue;
}
