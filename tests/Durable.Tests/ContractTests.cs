extern alias contract;

using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Waybill.Durable.Tests;

/// <summary>
/// What tests/FunctionsContract declares is what the SDK has, member by member: else the tests on the contract would prove nothing of
/// the head that is deployed.
/// </summary>
public sealed class ContractTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyDictionary<string, Type> Sdk = new[]
        {
            typeof(TaskOrchestrationContext), typeof(DurableTaskClient), typeof(FunctionAttribute), typeof(FunctionsApplication),
            typeof(HttpTriggerAttribute), typeof(TimerTriggerAttribute), typeof(OrchestrationTriggerAttribute), typeof(TriggerBindingAttribute),
            typeof(FunctionsApplicationBuilderAspNetCoreExtensions),
        }
        .Select(t => t.Assembly).Distinct().SelectMany(a => a.GetExportedTypes()).GroupBy(t => t.FullName!).ToDictionary(g => g.Key, g => g.First());

    public static TheoryData<string> Declarations => [.. ContractTypes().Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void A_declaration_is_the_SDKs(string name)
    {
        var declared = ContractTypes().Single(t => t.FullName == name);

        var real = Sdk.GetValueOrDefault(name);

        Assert.True(real is not null, $"The SDK has no {name}.");
        Assert.Equal(Describe(real), Describe(declared));
        Assert.Empty(Interfaces(declared).Except(Interfaces(real)));
        Assert.Empty(Members(declared).Except(Members(real)));
    }

    private static IEnumerable<Type> ContractTypes() => typeof(contract::Waybill.FunctionsContract.Replay.TaskHub).Assembly.GetExportedTypes()
        .Where(t => !t.Namespace!.StartsWith("Waybill", StringComparison.Ordinal));

    /// <summary>What a type is, as far as it matters to whoever uses or derives from it.</summary>
    private static string Describe(Type type) => string.Join(
        ' ',
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : "class",
        type.IsAbstract ? "abstract" : "",
        type.BaseType,
        type.GetCustomAttribute<AttributeUsageAttribute>() is { } usage ? $"on {usage.ValidOn}" : "");

    private static IEnumerable<string> Interfaces(Type type) => type.GetInterfaces().Select(i => i.ToString());

    private static HashSet<string> Members(Type type) => [.. type.GetMembers(Declared).Where(IsForOthers).Select(Describe)];

    /// <summary>All that others can use or override. How a record copies itself is its own affair.</summary>
    private static bool IsForOthers(MemberInfo member) => member switch
    {
        ConstructorInfo { IsFamily: true } constructor when constructor.GetParameters() is [var only] && only.ParameterType == member.DeclaringType => false,
        MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or FieldInfo { IsPublic: true } => !member.Name.StartsWith('<'),
        _ => false,
    };

    private static string Describe(MemberInfo member) => member switch
    {
        MethodBase method => $"{Modifiers(method)} {(method as MethodInfo)?.ReturnParameter} {method.Name}`{Arity(method)}({string.Join(", ", method.GetParameters().Select(Describe))})",
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
        _ => member.ToString()!,
    };

    private static string Describe(ParameterInfo parameter) =>
        $"{parameter.ParameterType} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "")}";

    /// <summary>Who may call an abstract class's constructor is the same whatever it says.</summary>
    private static string Modifiers(MethodBase method) =>
        $"{(method.IsPublic && !(method.IsConstructor && method.DeclaringType!.IsAbstract) ? "public" : "protected")}{(method.IsStatic ? " static" : "")}{(method.IsAbstract ? " abstract" : method.IsVirtual && !method.IsFinal ? " virtual" : "")}";

    private static int Arity(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments().Length : 0;
}
