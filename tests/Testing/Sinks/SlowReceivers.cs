using System.Collections.Concurrent;
using System.Globalization;

namespace Marketing.Testing;

/// <summary>
/// Receivers that take their time and now and then refuse. How long an attempt takes and what it is answered follows from the seed, the message
/// and how often it came before.
/// </summary>
/// <param name="seed">What chance begins from.</param>
public sealed class SlowReceivers(int seed)
{
    private const string MailSeconds = "00:00:02";
    private const int Retries = 60;

    private static readonly string[] MailRefusals = ["451 4.3.0 local error", "450 4.2.0 mailbox busy"];
    private static readonly string[] MailSlowDowns = ["421 4.7.0 too many messages", "452 4.3.1 no space", "451 4.7.1 greylisted"];

    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>How long a mail's verdict takes.</summary>
    public (TimeSpan Least, TimeSpan Most) Mail { get; init; } = (TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(3));

    /// <summary>How long a webhook's answer takes.</summary>
    public (TimeSpan Least, TimeSpan Most) Webhook { get; init; } = (TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(6));

    /// <summary>Which part of all attempts is refused.</summary>
    public double Refused { get; init; }

    /// <summary>Until when refusals may also ask for a long pause: who is told 421 or 452 comes back a minute later.</summary>
    public DateTimeOffset SlowDownUntil { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Retries that come soon and do not run out, so that a run ends.</summary>
    public static IEnumerable<(string Key, string Value)> Settings =>
    [
        .. Enumerable.Range(0, Retries).Select(i => ($"Distributions:Email:RetryDelays:{i}", MailSeconds)),
        .. Enumerable.Range(0, Retries).Select(i => ($"Distributions:Webhooks:Retries:{i}", TimeSpan.FromSeconds(2 * (i + 1)).ToString("c", CultureInfo.InvariantCulture))),
    ];

    /// <summary>From now on the sinks behave like this.</summary>
    public void Are(Workload work)
    {
        work.Mails.Script.Answers = AnswerTo;
        work.Hooks.Always(AnswerTo);
    }

    internal SmtpAnswer AnswerTo(SinkAttempt mail)
    {
        var chance = ChanceOf(mail.Id);
        var delay = Between(Mail, chance);
        if (chance.NextDouble() >= Refused)
        {
            return new SmtpAnswer(delay);
        }

        var refusals = mail.BegunAt < SlowDownUntil && chance.Next(3) == 0 ? MailSlowDowns : MailRefusals;
        return new SmtpAnswer(delay, refusals[chance.Next(refusals.Length)]);
    }

    internal SinkAnswer AnswerTo(SinkRequest hook)
    {
        var chance = ChanceOf(hook.WebhookId);
        var answer = new SinkAnswer { Delay = Between(Webhook, chance), OutlivesCaller = true };
        if (chance.NextDouble() >= Refused)
        {
            return answer;
        }

        var refusal = chance.Next(3) switch
        {
            0 => SinkAnswer.Of(429, ("Retry-After", chance.Next(1, 4).ToString(CultureInfo.InvariantCulture))),
            1 => SinkAnswer.Of(500),
            _ => SinkAnswer.Of(503),
        };
        return refusal with { Delay = answer.Delay };
    }

    private static TimeSpan Between((TimeSpan Least, TimeSpan Most) range, Random chance) => range.Least + ((range.Most - range.Least) * chance.NextDouble());

    // Strings have another hash code in every process.
    private Random ChanceOf(string id)
    {
        var times = _seen.AddOrUpdate(id, 1, static (_, before) => before + 1);
        return new Random(id.Aggregate((seed * 31) + times, static (hash, letter) => unchecked((hash * 31) + letter)));
    }
}
