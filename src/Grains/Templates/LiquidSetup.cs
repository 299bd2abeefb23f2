using DotLiquid;
using DotLiquid.FileSystems;
using DotLiquid.NamingConventions;

namespace Marketing.Templates;

/// <summary>The engine keeps its tags and conventions in static fields: they are set once, here, before the first template.</summary>
internal static class LiquidSetup
{
    /// <summary>The strictest behaviour the engine has.</summary>
    public const SyntaxCompatibility Level = SyntaxCompatibility.DotLiquid22a;

    static LiquidSetup()
    {
        // Touching this class first lets it register its own tags, which ours then replace.
        Liquid.UseRubyDateFormat = true;
        Template.NamingConvention = new RubyNamingConvention();
        Template.FileSystem = new BlankFileSystem();
        Template.DefaultSyntaxCompatibilityLevel = Level;
        Template.DefaultIsThreadSafe = true;
        Template.RegexTimeOut = TimeSpan.FromSeconds(1);
        Template.RegisterTag<OutputTag>(OutputTag.Keyword);
        Template.RegisterTag<AssignTag>("assign");
        Template.RegisterTag<CaptureTag>("capture");
        Template.RegisterTag<CycleTag>("cycle");
    }

    public static Template Parse(string source)
    {
        var template = Template.Parse(source, Level);
        template.MakeThreadSafe();
        return template;
    }
}
