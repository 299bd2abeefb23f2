using System.Collections.Concurrent;

namespace Marketing.Templates;

/// <summary>Compiles Liquid templates and keeps them. One for the process, safe to use from anywhere.</summary>
internal sealed class TemplateEngine(TimeProvider clock)
{
    /// <summary>Larger templates are refused.</summary>
    public const int MaxSourceBytes = 512 * 1024;

    // Two generations of this many: what is in use moves to the young one before the old one is dropped.
    private const int Generation = 1000;

    // So that a thousand large ones do not fill the memory: bytes, about. Of each character there is one in the source and one in what was made of it.
    // Channels keep the templates they send by beside this.
    private const long MaxBytes = 6 * 1024 * 1024;
    private const int BytesOfCharacter = 2 * sizeof(char);
    private const int BytesOfTag = 1_000;
    private const int BytesOfTemplate = 2_000;

    private static readonly TimeSpan CompileLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _turnover = new();
    private volatile ConcurrentDictionary<(string, TemplateKind), Parsed> _young = new();
    private volatile ConcurrentDictionary<(string, TemplateKind), Parsed> _old = new();
    private long _bytes;

    /// <summary>Compiles a template, or finds it compiled.</summary>
    /// <param name="source">Liquid.</param>
    /// <param name="kind">Where its output goes.</param>
    /// <param name="scope">The variables it may use; null accepts any.</param>
    public CompileResult Compile(string source, TemplateKind kind, TemplateScope? scope)
    {
        if (source.Length > MaxSourceBytes || System.Text.Encoding.UTF8.GetByteCount(source) > MaxSourceBytes)
        {
            return new CompileResult.Invalid([new TemplateProblem(1, 1, $"The template is larger than {MaxSourceBytes / 1024} KB.")]);
        }

        var parsed = Find((source, kind));
        if (parsed.Problems.Count > 0)
        {
            return new CompileResult.Invalid(parsed.Problems);
        }

        if (scope is not null)
        {
            var lines = new LineMap(source);
            var unknown = parsed.Uses
                .Select(use => (use.Offset, Message: ScopeCheck.WhatIsWrong(use, scope, parsed.Locals)))
                .Where(found => found.Message is not null)
                .Select(found => lines.At(found.Offset) is var (line, column) ? new TemplateProblem(line, column, found.Message!) : null!)
                .ToList();

            if (unknown.Count > 0)
            {
                return new CompileResult.Invalid(unknown);
            }
        }

        return new CompileResult.Ok(parsed.Template!);
    }

    private Parsed Find((string Source, TemplateKind Kind) key)
    {
        if (_young.TryGetValue(key, out var parsed))
        {
            return parsed;
        }

        try
        {
            parsed = _old.TryGetValue(key, out var kept) ? kept : Parse(key.Source, key.Kind);
        }
        catch (OperationCanceledException)
        {
            // Not kept: the next time the machine may have less to do.
            return new Parsed(null, [new TemplateProblem(1, 1, $"The template takes longer than {CompileLimit.TotalSeconds} seconds to read.")], [], new HashSet<string>(), 0);
        }

        lock (_turnover)
        {
            if (_young.Count >= Generation || _bytes >= MaxBytes)
            {
                _old = _young;
                _young = new();
                _bytes = 0;
            }

            if (_young.TryAdd(key, parsed))
            {
                _bytes += parsed.Bytes;
            }

            return _young[key];
        }
    }

    private Parsed Parse(string source, TemplateKind kind)
    {
        using var deadline = new CancellationTokenSource(CompileLimit);
        var (reading, statements) = TemplateGrammar.Read(source, kind, deadline.Token);
        var compiled = reading.Problems.Count == 0 ? new CompiledTemplate(statements, kind, source.Length, clock) : null;
        return new Parsed(compiled, reading.Problems, [.. reading.Uses.Values], reading.Locals,
            BytesOfTemplate + ((long)BytesOfCharacter * source.Length) + ((long)BytesOfTag * reading.Tags));
    }

    private sealed record Parsed(
        CompiledTemplate? Template, IReadOnlyList<TemplateProblem> Problems, IReadOnlyList<VariableUse> Uses, IReadOnlySet<string> Locals,
        long Bytes);
}
