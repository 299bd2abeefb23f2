using System.Text.RegularExpressions;
using Xunit;

namespace Marketing;

/// <summary>How features know each other: who names another is not named by it, so that each can be read, and moved, by itself.</summary>
public sealed partial class FoldersTests
{
    [Theory]
    [InlineData("Grains.Interfaces", "Grains")]
    [InlineData("Silo")]
    [InlineData("Api")]
    public void No_two_features_name_each_other(params string[] projects)
    {
        var files = projects.SelectMany(SourceFile.Of).ToList();
        var declared = files.ToLookup(file => file.Feature, file => file.Names).ToDictionary(names => names.Key, names => names.SelectMany(name => name).ToHashSet(StringComparer.Ordinal));
        var uses = files
            .SelectMany(file => file.Named.Where(feature => feature != file.Feature && declared.TryGetValue(feature, out var names)
                && file.Words.Any(word => names.Contains(word) && !declared[file.Feature].Contains(word))), (file, feature) => (From: file.Feature, To: feature, file.Name))
            .ToLookup(use => (use.From, use.To), use => use.Name);
        Assert.NotEmpty(uses);
        Assert.Empty(uses
            .Where(pair => string.CompareOrdinal(pair.Key.From, pair.Key.To) < 0 && uses.Contains((pair.Key.To, pair.Key.From)))
            .Select(pair => $"{pair.Key.From} names {pair.Key.To} in {string.Join(", ", pair)}, and {pair.Key.To} names {pair.Key.From} in {string.Join(", ", uses[(pair.Key.To, pair.Key.From)])}"));
    }

    [Theory]
    [InlineData("Grains.Interfaces")]
    [InlineData("Grains")]
    [InlineData("Silo")]
    [InlineData("Api")]
    public void No_type_has_the_name_of_another(string project)
    {
        // The engines have the same names for the same jobs, and a large type is in parts.
        var names = SourceFile.Of(project).Where(file => !file.Path.Contains("/Sqlite/", StringComparison.Ordinal)).SelectMany(file => file.Types.Except(file.Parts));
        Assert.Empty(names.GroupBy(name => name).Where(name => name.Count() > 1).Select(name => name.Key));
    }

    [Theory]
    [InlineData("Grains.Interfaces")]
    [InlineData("Grains")]
    [InlineData("Silo")]
    [InlineData("Api")]
    public void No_folder_is_too_full_to_be_looked_through(string project) => Assert.Empty(
        SourceFile.Of(project).GroupBy(file => System.IO.Path.GetDirectoryName(file.Path)).Where(folder => folder.Count() > 15).Select(folder => $"{folder.Key}: {folder.Count()}"));

    [Theory]
    [InlineData("Grains.Interfaces")]
    [InlineData("Grains")]
    [InlineData("Silo")]
    [InlineData("Api")]
    public void A_folder_is_a_feature(string project) => Assert.All(SourceFile.Of(project), file =>
    {
        var below = file.Path[(file.Path.IndexOf($"/src/{project}/", StringComparison.Ordinal) + $"/src/{project}/".Length)..].Split('/');
        Assert.Equal(below.Length > 1 ? below[0] : "", file.Feature);
    });

    [Fact]
    public void Documents_name_files_that_there_are()
    {
        var files = new[] { "src", "tests", "bench", "samples", "docs" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories)).Select(path => path.Replace('\\', '/')).ToArray();
        var documents = Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.File("README.md"));
        var missing = documents.SelectMany(document => Written().Matches(File.ReadAllText(document)), (document, match) => (document, Path: match.Groups[1].Value))
            .Where(written => !files.Any(file => file.EndsWith($"/{written.Path}", StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"`([\w.-]+/[\w./-]+\.(?:cs|sql))`")]
    private static partial Regex Written();

    /// <summary>A file of a project, as far as names go.</summary>
    private sealed partial class SourceFile
    {
        private SourceFile(string path)
        {
            var text = File.ReadAllText(path);
            Path = path.Replace('\\', '/');
            Feature = FeatureOf(NamespaceLine().Match(text).Groups[1].Value);
            Named = [.. FeatureName().Matches(text).Concat(Qualified().Matches(Using().Replace(text, ""))).Select(match => match.Groups[1].Value).Distinct()];
            Types = [.. Type().Matches(text).Select(match => match.Groups[1].Value)];
            Parts = [.. Part().Matches(text).Select(match => match.Groups[1].Value)];
            Names = [.. Types.Select(type => type.Split('<')[0]), .. Extension().Matches(text).Concat(Member().Matches(ExtensionBlocks(text))).Select(match => match.Groups[1].Value)];
            Words = [.. Word().Matches(Using().Replace(text, "")).Select(match => match.Value).Distinct()];
        }

        public string Path { get; }

        public string Name => System.IO.Path.GetFileName(Path);

        /// <summary>The first part of its namespace; empty for what puts the features together.</summary>
        public string Feature { get; }

        /// <summary>The features it names.</summary>
        public IReadOnlyList<string> Named { get; }

        public IReadOnlyList<string> Types { get; }

        /// <summary>Those of the types that other files have parts of.</summary>
        public IReadOnlyList<string> Parts { get; }

        /// <summary>What it declares that others can name: types and extension methods.</summary>
        public IReadOnlyList<string> Names { get; }

        public IReadOnlyList<string> Words { get; }

        public static IReadOnlyList<SourceFile> Of(string project) =>
        [
            .. Directory.EnumerateFiles(Repository.File($"src/{project}"), "*.cs", SearchOption.AllDirectories).Select(path => new SourceFile(path)),
        ];

        // What is declared for other types stands indented once more.
        private static string ExtensionBlocks(string text) => text.IndexOf("    extension(", StringComparison.Ordinal) is >= 0 and var start ? text[start..] : "";

        private static string FeatureOf(string name) => name.Split('.') is ["Marketing", var feature, ..] ? feature : "";

        [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"\bMarketing\.(\w+)")]
        private static partial Regex FeatureName();

        [GeneratedRegex(@"^(?:public|internal|file)[\w \t]*?\b(?:class|record struct|record|struct|interface|enum)\s+([A-Z]\w+(?:<\w+>)?)", RegexOptions.Multiline)]
        private static partial Regex Type();

        [GeneratedRegex(@"^[\w \t]*\bpartial (?:class|record struct|record|struct|interface) ([A-Z]\w+)", RegexOptions.Multiline)]
        private static partial Regex Part();

        [GeneratedRegex(@"static [\w<>\[\]?, ]+ (\w+)(?:<\w+>)?\(this ")]
        private static partial Regex Extension();

        [GeneratedRegex(@"^ {8}public [\w<>?\[\], ]+ (\w+)(?: =>|\()", RegexOptions.Multiline)]
        private static partial Regex Member();

        [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\.[A-Z]\w+")]
        private static partial Regex Qualified();

        [GeneratedRegex(@"\b[A-Z]\w+")]
        private static partial Regex Word();

        [GeneratedRegex(@"^using.*$", RegexOptions.Multiline)]
        private static partial Regex Using();
    }
}
