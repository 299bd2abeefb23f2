using System.Collections.Frozen;
using Marketing.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Distributions.Actions;

/// <summary>The actions this silo can perform.</summary>
internal sealed class ActionRegistry(IEnumerable<IAction> actions)
{
    private readonly FrozenDictionary<string, IAction> _actions = actions.ToFrozenDictionary(static action => action.Type, StringComparer.Ordinal);

    /// <summary>The action of a descriptor.</summary>
    public IAction Of(ActionDescriptor action) => Of(action.Type);

    /// <summary>The action of a draft that was activated.</summary>
    public IAction Of(string type) => _actions.TryGetValue(type, out var action) ? action : throw new ArgumentException($"This silo cannot perform the action {type}.", nameof(type));
}

internal static class ActionServices
{
    /// <summary>Adding an action: its entry in <see cref="ActionCatalogue"/>, one line here.</summary>
    public static IServiceCollection AddActions(this IServiceCollection services) =>
        services.AddSingleton<ActionRegistry>()
            .AddSingleton<SupplyForecast>()
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.PlainMessage))
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.PublishedCode))
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.GiftCredits))
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.LoyaltyPoints))
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.RewardDetails))
            .AddSingleton<IAction>(new MessageAction(ActionCatalogue.Message))
            .AddSingleton<IAction, NotifyPromotion>()
            .AddSingleton<IAction, PublishCodes>();
}
