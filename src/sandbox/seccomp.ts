// A seccomp filter in the kernel's own format, struct sock_filter: code (16 bits), jt, jf (8 bits), k (32 bits).
// https://docs.kernel.org/userspace-api/seccomp_filter.html

/** Numbers of the system calls that a submission has no use for, on the two architectures with a native backend. */
const refused: Readonly<Record<string, readonly [x64: number | undefined, arm64: number | undefined]>> = {
  // Connections of any kind: a network namespace has no say in some families (AF_VSOCK reaches the host of a virtual machine).
  socket: [41, 198],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  // Other processes.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  // Namespaces and mounts: a user namespace would give it capabilities inside.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  mount_setattr: [442, 442],
  // Memory that belongs to no process, so that nobody watching processes sees it.
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
  mq_open: [240, 180],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // Parts of the kernel with a history of holes.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  acct: [163, 89],
  swapon: [167, 224],
  swapoff: [168, 225],
  quotactl: [179, 60],
  reboot: [169, 142],
  syslog: [103, 116],
  personality: [135, 92],
};

const architectures = {
  x64: { audit: 0xc000003e, column: 0, clone: 56, clone3: 435 },
  arm64: { audit: 0xc00000b7, column: 1, clone: 220, clone3: 435 },
} as const;

const eperm = 1;
const enosys = 38;
const cloneNewUser = 0x10000000;

const load = (offset: number): Instruction => [0x20, 0, 0, offset]; // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = (k: number, yes: number, no: number): Instruction => [0x15, yes, no, k]; // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfAtLeast = (k: number, yes: number, no: number): Instruction => [0x35, yes, no, k]; // BPF_JMP | BPF_JGE | BPF_K
const jumpIfBits = (k: number, yes: number, no: number): Instruction => [0x45, yes, no, k]; // BPF_JMP | BPF_JSET | BPF_K
const give = (k: number): Instruction => [0x06, 0, 0, k]; // BPF_RET | BPF_K
const allow = give(0x7fff0000);
const kill = give(0x80000000);
const fail = (errno: number): Instruction => give(0x00050000 | errno);

type Instruction = readonly [code: number, jt: number, jf: number, k: number];

/** The filter for a processor, `undefined` for one that we have no numbers for. */
export function seccompFilter(arch: string): Uint8Array | undefined {
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  const { audit, column, clone, clone3 } = architectures[arch];
  const numbers = Object.values(refused).flatMap((each) => each[column] ?? []);
  const program: Instruction[] = [
    load(4), // seccomp_data.arch: numbers mean other calls to a 32-bit program
    jumpIfEqual(audit, 1, 0),
    kill,
    load(0), // seccomp_data.nr
    // The x32 numbers of x86-64 start at 2^30.
    jumpIfAtLeast(0x40000000, 0, 1),
    kill,
    // glibc takes ENOSYS of clone3 for an old kernel and goes on with clone, whose flags can be looked at.
    jumpIfEqual(clone3, 0, 1),
    fail(enosys),
    jumpIfEqual(clone, 0, 4),
    load(16), // low half of the first argument
    jumpIfBits(cloneNewUser, 0, 1),
    fail(eperm),
    allow,
    ...numbers.flatMap((number) => [jumpIfEqual(number, 0, 1), fail(eperm)]),
    allow,
  ];
  const bytes = new Uint8Array(8 * program.length);
  const view = new DataView(bytes.buffer);
  program.forEach(([code, jt, jf, k], i) => {
    view.setUint16(8 * i, code, true);
    view.setUint8(8 * i + 2, jt);
    view.setUint8(8 * i + 3, jf);
    view.setUint32(8 * i + 4, k >>> 0, true);
  });
  return bytes;
}
