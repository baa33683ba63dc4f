using System.Globalization;

namespace Waybill.Engine.Ingest;

/// <summary>Names for people, <c>adjective-animal</c>, found from the freight's identity: the same freight gets the same name.</summary>
public static class FreightAlias
{
    private static readonly string[] Adjectives = Words(
        """
        able agile amber ample ancient arctic ardent ashen autumn awake azure balmy bold brave breezy bright brisk bronze calm candid
        careful cheerful chilly civil clear clever coastal copper coral cosmic cozy crimson crisp curious daring dapper deft dewy
        distant dreamy dusky eager early earnest easy elder electric emerald even fabled fair faithful fancy fearless fern fervent
        festive fiery fleet floral fluent fond frank free fresh frosty gallant gentle gilded glad gleaming golden graceful grand green
        happy hardy hazel hearty helpful hidden honest humble icy idle indigo iron ivory jade jolly jovial keen kind lasting leafy level
        light lively lofty loyal lucid lucky lunar lush maple marble mellow merry mighty mild misty modest mossy muted neat nimble noble
        northern oaken olive opal open orange patient peaceful pearly placid plucky polar polite prime proud quick quiet rapid ready regal
        robust rosy royal ruby rustic sandy scarlet serene sharp shiny silent silken silver simple sincere sleek smooth snowy solar solid
        sonic southern spry stable steady stellar still stoic sturdy subtle sunny swift tall tame tender thrifty tidal tidy topaz tranquil
        trusty upbeat urban valiant velvet verdant vivid warm wary watchful western wild willing windy winged wise witty young zesty
        """);

    private static readonly string[] Animals = Words(
        """
        adder albatross alpaca ant antelope auk avocet axolotl badger barbet bat bear beaver bee beetle bison bittern boa bobcat bongo buffalo
        bulbul bunting buzzard camel caracal caribou cassowary cat cheetah chough cicada civet coati cobra cod condor coot cormorant cougar
        coyote crab crane cricket crow curlew deer dingo dipper dodo dolphin dormouse dove dragonfly duck dunlin eagle echidna eel egret
        eider eland elk emu ermine falcon ferret finch firefly flamingo fox frog fulmar gannet gazelle gecko gerbil gibbon giraffe gnu goat
        godwit goose gopher goshawk grebe grouse gull hamster hare harrier hawk hedgehog heron hippo hobby hoopoe hornet horse hyena hyrax ibex
        ibis iguana impala jackal jackdaw jaguar jay jerboa kakapo kangaroo kestrel kingfisher kite kiwi koala kookaburra kudu lapwing lark
        lemming lemur leopard linnet lion lizard llama loon loris lynx macaw magpie mallard manatee marlin marmot marten martin meerkat merlin
        mink mole mongoose moose moth mouse mule muskox narwhal newt nightjar numbat ocelot octopus okapi opossum oriole oryx osprey ostrich
        otter owl oyster panda pangolin panther parrot pelican penguin petrel pheasant pika pipit platypus plover polecat pony porpoise puffin
        puma quail quokka rabbit raccoon raven redstart reindeer rhino robin rook salmon sandpiper seal serval shark sheep shrew skua skylark
        sloth snail snipe sparrow squid squirrel starling stoat stork swallow swan swift tapir tarsier teal tern thrush tiger toad toucan
        trout turtle urchin viper vole vulture wagtail walrus warbler weasel whale wigeon wolf wombat woodcock wren yak zebra
        """);

    /// <summary>The alias to try after so many were found taken; from the third on a number makes it unique in practice.</summary>
    public static string Of(string freightId, int attempts)
    {
        var at = Math.Min(attempts, 3) * 8;
        var hash = uint.Parse(freightId.AsSpan(at, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var name = $"{Adjectives[hash % (uint)Adjectives.Length]}-{Animals[hash / (uint)Adjectives.Length % (uint)Animals.Length]}";
        return attempts < 2 ? name : $"{name}-{(hash >> 8) + (uint)attempts}";
    }

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
