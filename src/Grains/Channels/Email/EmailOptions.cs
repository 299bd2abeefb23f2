namespace Marketing.Channels.Email;

/// <summary>The default email channel, section <c>Distributions:Email</c>.</summary>
internal sealed class EmailOptions
{
    public const string Section = "Distributions:Email";

    /// <summary>The SMTP server. Default unset: messages become files in <see cref="OutboxDirectory"/>, so that nothing leaves a machine that was not set up to send.</summary>
    public string? Host { get; set; }

    /// <summary>Default 587, the submission port; 465 speaks TLS from the start.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Default unset: no authentication.</summary>
    public string? User { get; set; }

    /// <summary>Never logged and never part of a failure's reason.</summary>
    public string? Password { get; set; }

    /// <summary>Sender, <c>address</c> or <c>Name &lt;address&gt;</c>; its domain also names the messages. A distribution may replace the name. Default <c>noreply@localhost</c>, which only suits the outbox.</summary>
    public string From { get; set; } = "noreply@localhost";

    /// <summary>Default <see cref="EmailSecurity.Auto"/>.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.Auto;

    /// <summary>Accepts certificates nobody vouches for; for tests. Default false.</summary>
    public bool AllowInvalidCertificates { get; set; }

    /// <summary>Connections at most, each carrying one message at a time. Default 16: throughput stops growing there, and providers count connections.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>A connection is renewed after this many messages. Default 500: some servers turn long conversations away.</summary>
    public int MessagesPerConnection { get; set; } = 500;

    /// <summary>An unused connection is closed after this time. Default 1 minute, well before servers close it themselves.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for a free connection, for connecting and for each answer. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits after the first, second, … failed attempt; after the last the message has failed. Default 1 m, 5 m, 15 m, 1 h, 4 h, 12 h: mail servers come back within a day.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [];

    /// <summary>
    /// How long after it was created a message may be put off, because the server asks for patience or no connection is free, without that counting as an
    /// attempt. Default 24 hours: limits of providers are mostly by the day.
    /// </summary>
    public TimeSpan DeferralLimit { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Connections in a row that cannot be opened, after which mail waits for the server. Default 5.</summary>
    public int BreakerThreshold { get; set; } = 5;

    /// <summary>The first pause; doubles each time the one message that tries fails. Default 2 seconds.</summary>
    public TimeSpan BreakerFirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause, and so how long after the server's return mail may still wait. Default 10 seconds: an attempt to connect costs little.</summary>
    public TimeSpan BreakerMaxPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Where messages are written while no <see cref="Host"/> is set. Set by the host to <c>outbox</c> in its data directory. Default <c>data/outbox</c>.</summary>
    public string OutboxDirectory { get; set; } = Path.Combine("data", "outbox");

    /// <summary>Whether only addresses of the public internet may be connected to, because the host was not the operator's to choose.</summary>
    internal bool PublicOnly { get; set; }

    /// <summary>Waiting for the server costs attempts only from <see cref="DeferralLimit"/> on.</summary>
    public BreakerOptions ToBreaker() => new(BreakerThreshold, BreakerFirstPause, BreakerMaxPause, BreakerMaxPause, TimeSpan.MaxValue);
}
