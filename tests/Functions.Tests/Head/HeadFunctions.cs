using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Waybill.Functions.Durable;

namespace Waybill.Functions.Tests.Head;

/// <summary>The head's functions, as the worker's generator would find them.</summary>
internal static class HeadFunctions
{
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(PromotionOrchestrator).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(FunctionAttribute))),
    ];

    public static string NameOf(MethodInfo function) => function.GetCustomAttribute<FunctionAttribute>()!.Name;

    public static T? TriggerOf<T>(MethodInfo function)
        where T : Attribute => function.GetParameters().Select(p => p.GetCustomAttribute<T>()).FirstOrDefault(a => a is not null);

    public static bool TakesClient(MethodInfo function) => function.GetParameters().Any(p => p.IsDefined(typeof(DurableClientAttribute)));
}
