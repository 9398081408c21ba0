"""Instructions whose time depends on the numbers they work on, or on a condition, by the machines' own documents."""
import re

# x86-64. What Intel's list of instructions with data operand independent timing leaves out and compilers use: division,
# arithmetic on floating-point numbers (slow on denormal ones), pdep and pext (a loop in microcode on AMD before Zen 3),
# gathering loads, string instructions that stop early, rotation through the carry, the x87. Those that copy or fill
# take a time by their count and addresses, as calls of memcpy do.
X86 = re.compile(r'''i?div[bwlq]?
    | v?(add|sub|mul|div|sqrt|rcp|rsqrt|min|max|addsub|hadd|hsub|dp|round)[sp][sd] | vfn?m(add|sub)\w* | v?cvt\w+
    | pdep[lq]? | pext[lq]? | v?p?gather\w+ | rc[lr][bwlq]? | (cmps|scas)[bwlq] | xlat\w* | loop\w*
    | f[a-z]+\d? | cmpxchg\w* | rdrand\w* | rdseed\w*''', re.VERBOSE)
# Thumb on the Cortex-M33, which Arm describes with a multiplier of one cycle and a divider in hardware; those of its
# kin (Cortex-M3, M4) stop early, after 2 to 12 cycles. Loads, stores and multiplications under a condition (in a block
# of the instruction `it`) take less time where the condition fails.
CONDITION = r'(eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)'
THUMB = re.compile(rf'''([us]div{CONDITION}? | v[a-z]+{CONDITION}? | (ldr|str)(b|h|sb|sh|d)?{CONDITION}
    | (ldm|stm)(ia|db)?{CONDITION} | (mul|ml[as]|[us]m(ul|la)l|umaal|smml[as]|smmul){CONDITION})(\..*)?''', re.VERBOSE)

# 64-bit Arm: what is left over of the instructions in use when those are taken away whose time, when the program or the
# system has set PSTATE.DIT, must not depend on data: Arm's list of them for FEAT_DIT; loads and stores, by the same
# feature; branches, addresses and moves of bits between registers.
AARCH64_PLAIN = frozenset('''
    adc adcs add adds and ands asr bfc bfi bfxil bic bics ccmn ccmp cfinv cinc cinv clz cls cmn cmp cneg csel cset
    csetm csinc csinv csneg eon eor extr lsl lsr madd mneg mov movk movn movz msub mul mvn neg negs ngc ngcs nop orn
    orr rbit rev rev16 rev32 rev64 ror sbc sbcs sbfiz sbfx smaddl smnegl smsubl smulh smull sub subs sxtb sxth sxtw
    tst ubfiz ubfx umaddl umnegl umsubl umulh umull uxtb uxth abs addhn addhn2 addp addv bif bit bsl cmeq cmge cmgt
    cmhi cmhs cmle cmlt cmtst cnt dup ext ins mla mls movi mvni not pmul pmull pmull2 saddl saddl2 saddlv saddw
    saddw2 shl shll shll2 shrn shrn2 sli sri smax smin smlal smlal2 smlsl smlsl2 smov smull2 sshl sshll sshll2 sshr
    ssra ssubl ssubl2 ssubw ssubw2 subhn subhn2 sxtl sxtl2 tbl tbx trn1 trn2 uaddl uaddl2 uaddlv uaddw uaddw2 umax
    umin umlal umlal2 umlsl umlsl2 umov umull2 ushl ushll ushll2 ushr usra usubl usubl2 usubw usubw2 uxtl uxtl2 uzp1
    uzp2 xtn xtn2 zip1 zip2
    aesd aese aesimc aesmc bcax eor3 rax1 xar sha256h sha256h2 sha256su0 sha256su1 sha512h sha512h2 sha512su0 sha512su1
    ld1 ld1r ld2 ld2r ld3 ld3r ld4 ld4r ldp ldpsw ldr ldrb ldrh ldrsb ldrsh ldrsw ldur ldurb ldurh ldursb ldursh ldursw
    st1 st2 st3 st4 stp str strb strh stur sturb sturh
    b bl blr br brk cbnz cbz ret svc tbnz tbz udf adr adrp bti paciasp autiasp hint fmov fneg mrs'''.split())

# Of what compilers put in place of an operator that the machine lacks: division, and floating-point arithmetic.
HELPER = re.compile(r'''__aeabi_(u?i?div(mod)?|u?ldivmod|[fd](add|sub|mul|div|r?sub|cmp\w+|2\w+)|u?[il]+2[fd])
    | __u?(div|mod|divmod)[sdt]i[34] | __(add|sub|mul|div)[sd]f3 | __fix\w+ | __float\w+
    | .*compiler_builtins.*(div|float).*''', re.VERBOSE)


def variable(machine, instruction, called):
    """The kind of an instruction of variable latency, or None. `called` is the function that it calls or jumps to."""
    mnemonic = instruction.mnemonic
    if called and HELPER.fullmatch(called):
        return f'call of {called}'.replace(' ', '-')
    if machine == 'x86-64':
        return mnemonic if X86.fullmatch(mnemonic) else None
    if machine == 'aarch64':
        return None if mnemonic in AARCH64_PLAIN or mnemonic.startswith('b.') else mnemonic
    return mnemonic.split('.')[0] if THUMB.fullmatch(mnemonic) else None
